// Package reference holds the data the product ships with: the code lists
// (číselníky, chapter 5), the upper levels of the territorial order (10.1,
// 10.2) and the spelling variants of names that migrants and municipalities
// use.
//
// The data are embedded CSV files in our own layout, meant to be read and
// corrected by people. Every call parses them anew and gives the caller its own
// copy. A fault in an embedded file is a fault of the build: it panics, and the
// tests of this package meet it first.
package reference

import "embed"

//go:embed lists/*.csv territories/*.csv aliases.txt
var files embed.FS

// must unwraps the result of reading an embedded file.
func must[T any](v T, err error) T {
	if err != nil {
		panic("reference: " + err.Error())
	}
	return v
}
