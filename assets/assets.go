// Package assets knows which packages the styles, scripts and fonts of the program
// were built of. What they were built into lies in internal/web/static/dist.
package assets

import _ "embed"

// Lock is the list of locked packages, as npm writes it.
//
//go:embed package-lock.json
var Lock []byte

// Shipped says whether something of a package is in the program itself; the others
// are tools of the build.
func Shipped(name string) bool {
	switch name {
	case "@gov-design-system-ce/styles", "@gov-design-system-ce/fonts", "datamaps":
		return true
	}
	return false
}
