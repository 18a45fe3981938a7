// Package imports is the import of lists of projects in the browser.
package imports

import (
	"embed"
	"io/fs"

	"atlas/internal/web/page"
)

//go:embed messages/*.json
var wordFiles embed.FS

// Messages are the words of what can be wrong in a list, which the command line
// says too.
func Messages() fs.FS { return page.Folder(wordFiles, "messages") }
