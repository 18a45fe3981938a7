package importer

import (
	"embed"
	"io/fs"
)

//go:embed messages/*.json
var messageFiles embed.FS

// Messages are the words of the problems that reading files finds: cs.json and
// en.json. The value of a cell is {value}.
func Messages() fs.FS {
	folder, err := fs.Sub(messageFiles, "messages")
	if err != nil {
		panic(err) // the folder is embedded; only a typing error here can fail
	}
	return folder
}
