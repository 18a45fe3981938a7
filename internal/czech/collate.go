package czech

import (
	"encoding/hex"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// Collator orders texts as a Czech dictionary does: č after c, ch after h, ř,
// š and ž as letters of their own (10.5). It is not safe for concurrent use;
// make one for each goroutine and keep it, making one is not cheap.
type Collator struct {
	c   *collate.Collator
	buf collate.Buffer
}

// NewCollator makes a collator.
func NewCollator() *Collator {
	return &Collator{c: collate.New(language.Czech)}
}

// Key gives bytes that compare as the texts do. They are the caller's own.
func (c *Collator) Key(s string) []byte {
	c.buf.Reset()
	return append([]byte(nil), c.c.KeyFromString(&c.buf, s)...)
}

// Compare gives −1, 0 or 1 for a before, same as, after b.
func (c *Collator) Compare(a, b string) int { return c.c.CompareString(a, b) }

// SortKey gives a text whose plain byte order is the Czech order of s, in
// hexadecimal digits so that any database sorts it alike.
func SortKey(s string) string {
	c := collators.Get().(*Collator)
	defer collators.Put(c)
	return hex.EncodeToString(c.Key(s))
}

// collators keeps made ones for SortKey.
var collators = sync.Pool{New: func() any { return NewCollator() }}
