package route

// Patterns of the pages of imports.
const (
	ImportPreview = "/import-nahled/{sum}"
	ImportFile    = "/import/{id}/soubor"
	ImportUndo    = "/import/{id}/vratit"
)
