package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/analyzer/custom"
	"github.com/blevesearch/bleve/v2/analysis/tokenizer/whitespace"
	"github.com/blevesearch/bleve/v2/mapping"
	bquery "github.com/blevesearch/bleve/v2/search/query"
)

// blevePeer is a Bleve index with its facets.
type blevePeer struct {
	t     *truth
	dir   string
	index bleve.Index
}

// mostFacetValues is how many values Bleve is asked for: all there are.
const mostFacetValues = 20_000

func newBlevePeer(t *truth, dir string) (*blevePeer, error) {
	p := &blevePeer{t: t, dir: filepath.Join(dir, "peer.bleve")}
	m, err := p.mapping()
	if err != nil {
		return nil, err
	}
	if err := os.RemoveAll(p.dir); err != nil { // of a run before
		return nil, err
	}
	p.index, err = bleve.New(p.dir, m)
	return p, err
}

func (p *blevePeer) mapping() (mapping.IndexMapping, error) {
	m := bleve.NewIndexMapping()
	// The words come cut and folded, the same as for everybody.
	if err := m.AddCustomAnalyzer("words", map[string]any{"type": custom.Name, "tokenizer": whitespace.Name}); err != nil {
		return nil, err
	}
	doc := bleve.NewDocumentStaticMapping()
	plain := func(f *mapping.FieldMapping) *mapping.FieldMapping {
		f.Store, f.IncludeInAll = false, false
		return f
	}
	words := plain(bleve.NewTextFieldMapping())
	words.Analyzer, words.DocValues = "words", false
	doc.AddFieldMappingsAt("words", words)
	doc.AddFieldMappingsAt("year", plain(bleve.NewNumericFieldMapping()))
	doc.AddFieldMappingsAt("amount", plain(bleve.NewNumericFieldMapping()))
	doc.AddFieldMappingsAt("title", plain(bleve.NewKeywordFieldMapping()))
	for i := range p.t.facets {
		f := plain(bleve.NewKeywordFieldMapping())
		f.IncludeTermVectors = false
		doc.AddFieldMappingsAt(facetField(i), f)
	}
	m.DefaultMapping = doc
	return m, nil
}

func facetField(i int) string { return "v" + strconv.Itoa(i) }

func (p *blevePeer) name() string { return "Bleve" }
func (p *blevePeer) close() error { return p.index.Close() }

func (p *blevePeer) size() (all int64) {
	_ = filepath.WalkDir(p.dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			if info, err := e.Info(); err == nil {
				all += info.Size()
			}
		}
		return nil
	})
	return all
}

func (p *blevePeer) add(ctx context.Context, t *truth, from, to int) error {
	const together = 2000
	batch := p.index.NewBatch()
	for n := from; n < to; n++ {
		if err := batch.Index(fmt.Sprintf("%09d", n), p.document(n)); err != nil {
			return err
		}
		if batch.Size() == together || n == to-1 {
			if err := p.index.Batch(batch); err != nil {
				return err
			}
			if batch.Reset(); ctx.Err() != nil {
				return ctx.Err()
			}
		}
	}
	return nil
}

func (p *blevePeer) document(n int) map[string]any {
	out := map[string]any{"words": p.t.body(n), "title": p.t.titles[n]}
	if y := p.t.year[n]; y != 0 {
		out["year"] = float64(y)
	}
	if a := p.t.amount[n]; a >= 0 {
		out["amount"] = float64(a)
	}
	for _, v := range p.t.has.of(n) {
		field := facetField(p.t.values[v].facet)
		list, _ := out[field].([]string)
		out[field] = append(list, strconv.Itoa(int(v)))
	}
	return out
}

func (p *blevePeer) ask(ctx context.Context, q *query) (answer, error) {
	a := answer{counts: make([]int, len(p.t.values))}
	r := bleve.NewSearchRequestOptions(p.query(q, -1), pageSize, (q.page-1)*pageSize, false)
	switch {
	case q.sort != "":
		r.SortBy([]string{map[string]string{"rok": "-year", "castka": "-amount", "nazev": "title"}[q.sort]})
	case len(q.terms) == 0:
		r.SortBy([]string{"-_id"})
	}
	for i := range p.t.facets {
		if q.filters[i] == nil {
			r.AddFacet(facetField(i), bleve.NewFacetRequest(facetField(i), mostFacetValues))
		}
	}
	found, err := p.search(ctx, r, &a)
	if err != nil {
		return a, err
	}
	a.total = int(found.Total)
	for i := range p.t.facets {
		if q.filters[i] != nil {
			r := bleve.NewSearchRequestOptions(p.query(q, i), 0, 0, false)
			r.AddFacet(facetField(i), bleve.NewFacetRequest(facetField(i), mostFacetValues))
			if _, err := p.search(ctx, r, &a); err != nil {
				return a, err
			}
		}
	}
	return a, nil
}

func (p *blevePeer) search(ctx context.Context, r *bleve.SearchRequest, a *answer) (*bleve.SearchResult, error) {
	found, err := p.index.SearchInContext(ctx, r)
	if err != nil {
		return nil, err
	}
	for _, f := range found.Facets {
		for _, term := range f.Terms.Terms() {
			if id, err := strconv.Atoi(term.Term); err == nil {
				a.counts[id] = term.Count
			}
		}
	}
	return found, nil
}

// query is a question without the filter of one facet.
func (p *blevePeer) query(q *query, but int) bquery.Query {
	var all []bquery.Query
	add := func(x bquery.FieldableQuery, field string) bquery.Query { x.SetField(field); return x }
	for _, x := range q.terms {
		switch x.kind {
		case phrase:
			all = append(all, bleve.NewPhraseQuery(strings.Fields(x.text), "words"))
		case wordStart:
			all = append(all, add(bleve.NewPrefixQuery(x.text), "words"))
		default:
			all = append(all, add(bleve.NewTermQuery(x.text), "words"))
		}
	}
	for facet, codes := range q.filters {
		var any []bquery.Query
		for _, id := range p.t.idsOf(facet, codes) {
			any = append(any, add(bleve.NewTermQuery(strconv.Itoa(id)), facetField(facet)))
		}
		if facet != but {
			all = append(all, bleve.NewDisjunctionQuery(any...))
		}
	}
	if len(all) == 0 {
		return bleve.NewMatchAllQuery()
	}
	return bleve.NewConjunctionQuery(all...)
}
