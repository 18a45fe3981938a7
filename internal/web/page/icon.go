package page

import "html/template"

// icon draws one of the few signs of the interface, hidden from screen readers:
// words beside it say the same.
func icon(name string) template.HTML {
	return template.HTML(`<svg class="icon" aria-hidden="true" focusable="false"><use href="#i-` + template.HTMLEscapeString(name) + `"/></svg>`)
}
