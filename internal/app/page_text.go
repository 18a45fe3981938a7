package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"atlas"
	"atlas/internal/store"
)

// Texts of pages that the operator may write.
const (
	TextHomeTitle = "home.title"
	TextHomeLead  = "home.lead"
	TextHomeNote  = "home.note" // under the search; nothing as shipped
	TextAboutLead = "about.lead"
	TextContact   = "contact" // nothing as shipped
)

// Texts lists the texts of pages in the order of the administration.
func Texts() []string {
	return []string{TextHomeTitle, TextHomeLead, TextHomeNote, TextAboutLead, TextContact}
}

// chartText begins the codes of texts under charts: the address of the chart
// follows, with colons for slashes.
const chartText = "graf:"

// longestCode is how long the code of a text may be: a chart under a longer
// question keeps the sentence that is made of its numbers.
const longestCode = 300

// ChartText is the code of the text that an editor may put under a chart, by the
// address of the chart without a language: "/uzemi/CZ041/temata"; "" where a chart
// has none.
func ChartText(address string) string {
	path, query, asked := strings.Cut(address, "?")
	code := chartText + strings.ReplaceAll(strings.TrimPrefix(path, "/"), "/", ":")
	if asked {
		code += "?" + query
	}
	if len(code) > longestCode {
		return ""
	}
	return code
}

// ChartOfText is the address of the chart that a text stands under; "" of other
// texts.
func ChartOfText(code string) string {
	rest, ok := strings.CutPrefix(code, chartText)
	if !ok || rest == "" || len(code) > longestCode || strings.ContainsFunc(rest, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return ""
	}
	path, query, asked := strings.Cut(rest, "?")
	address := "/" + strings.ReplaceAll(path, ":", "/")
	if asked {
		address += "?" + query
	}
	return address
}

// KnownText says whether a text of a code may be written.
func KnownText(code string) bool { return slices.Contains(Texts(), code) || ChartOfText(code) != "" }

// ChartTexts lists the codes of texts that were written under charts.
func (a *App) ChartTexts() []string {
	var out []string
	for code, t := range *a.wording.Load() {
		if ChartOfText(code) != "" && t.Cs+t.En != "" {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}

// longestText is how many letters a text of a page may have.
const longestText = 4000

// loadTexts reads the texts of pages into memory.
func (a *App) loadTexts(ctx context.Context) error {
	all, err := a.Reader().Texts(ctx)
	if err != nil {
		return fmt.Errorf("texts of pages: %w", err)
	}
	byCode := make(map[string]atlas.PageText, len(all))
	for _, t := range all {
		byCode[t.Code] = t
	}
	a.wording.Store(&byCode)
	return nil
}

// Text is a text of a page as the operator wrote it; zero where it is as
// shipped.
func (a *App) Text(code string) atlas.PageText {
	t, ok := (*a.wording.Load())[code]
	if !ok {
		t.Code = code
	}
	return t
}

// SaveText writes a text of a page. t.Version is the version that was read.
func (a *App) SaveText(ctx context.Context, v atlas.Viewer, t atlas.PageText) error {
	if !v.May(atlas.RightLists) {
		return atlas.ErrForbidden
	}
	if !KnownText(t.Code) {
		return atlas.ErrNotFound
	}
	t.Cs, t.En = tidyText(t.Cs), tidyText(t.En)
	for field, text := range map[string]string{"cs": t.Cs, "en": t.En} {
		if n := utf8.RuneCountInString(text); n > longestText {
			return refusal(field, "problem.text_long", "n", n, "limit", longestText)
		}
	}
	if t.Code == TextHomeTitle && strings.Contains(t.Cs+t.En, "\n") {
		return refusal("cs", "problem.text_line")
	}
	return a.update(ctx, func(tx *store.Tx) error {
		if err := a.stillMay(ctx, tx, v, atlas.RightLists, atlas.Subject{}); err != nil {
			return err
		}
		return tx.PutText(ctx, t, a.write(v))
	})
}

// tidyText takes blanks at ends of lines and more than one empty line away.
func tidyText(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	var out []string
	for _, l := range lines {
		l = strings.TrimRight(l, " \t\u00a0")
		if l == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, l)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}
