package search

import (
	"iter"
	"sync"
)

// batchSize is how many documents are handed over at once while building.
const batchSize = 256

// addAll fills an empty state. The documents are read by the caller's goroutine
// while another one indexes those that were read before.
func (s *state) addAll(docs iter.Seq[Document]) {
	batches := make(chan []Document, 4)
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.bulk = true
		for batch := range batches {
			for _, d := range batch {
				s.replace(d)
			}
		}
		s.finish()
	}()
	// When docs panics, the other goroutine must still end.
	defer func() { <-done }()
	defer close(batches)
	batch := make([]Document, 0, batchSize)
	for d := range docs {
		if batch = append(batch, d); len(batch) == batchSize {
			batches <- batch
			batch = make([]Document, 0, batchSize)
		}
	}
	batches <- batch
}

// replace adds a document, taking out an earlier one with its id.
func (s *state) replace(d Document) {
	if old, ok := s.cols.find(d.ID); ok {
		s.unlink(old)
	}
	s.add(d)
}

// finish sorts and tightens after all documents were added.
func (s *state) finish() {
	s.bulk = false
	var wg sync.WaitGroup
	wg.Go(s.orders.sortAll)
	wg.Go(s.words.learn)
	s.words.settle()
	s.words.postings.compact(longPosting(s.cols.size()))
	for _, column := range s.facets {
		column.settle()
		column.linkAll(s.cols.size())
	}
	wg.Wait() // before the rest, so that the working memory of both is not held at once
	s.learnFrequent()
}

// learnFrequent finds what makes questions about frequent words quick. It is
// done anew when there are twice as many documents.
func (s *state) learnFrequent() {
	s.known = s.cols.count()
	s.learnPairs()
	s.learnStarts()
}
