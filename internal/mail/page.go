package mail

import (
	"embed"
	"html/template"
	"strings"
	"unicode/utf8"
)

// page is the content of a letter. Both its text and its HTML are made of it, so
// neither says what the other does not.
type page struct {
	Lang, Subject, Title string
	Paragraphs           []string
	Facts                []fact
	Quote                []string
	Items                []item
	Button               *button
	Notes                []string
	Why                  string
	Foot                 []string
	End                  *button
}

type fact struct{ Label, Value string }

type button struct{ Label, Link string }

// item is one line of a digest.
type item struct{ Group, Title, What, Link string }

//go:embed letter.html
var templateFile embed.FS

// html writes the page for programs that show HTML. Nothing in it is loaded from
// elsewhere: no pictures, no fonts, no counting of who opened it.
func (p *page) html() (string, error) {
	t, err := template.ParseFS(templateFile, "letter.html")
	if err != nil {
		return "", err
	}
	var b strings.Builder
	err = t.Execute(&b, p)
	return b.String(), err
}

// textWidth is how many letters a line of the text has at most; addresses are
// never broken.
const textWidth = 72

// text writes the page as plain text.
func (p *page) text() string {
	var b strings.Builder
	paragraph := func(s string) { b.WriteString(fold(s, "") + "\n\n") }
	paragraph(p.Title)
	for _, s := range p.Paragraphs {
		paragraph(s)
	}
	for _, f := range p.Facts {
		b.WriteString(fold(f.Label+": "+f.Value, "") + "\n")
	}
	if len(p.Facts) > 0 {
		b.WriteByte('\n')
	}
	for _, s := range p.Quote {
		b.WriteString(fold(s, "> ") + "\n")
	}
	if len(p.Quote) > 0 {
		b.WriteByte('\n')
	}
	p.textItems(&b)
	if p.Button != nil {
		b.WriteString(p.Button.Label + ":\n" + p.Button.Link + "\n\n")
	}
	for _, s := range p.Notes {
		paragraph(s)
	}
	b.WriteString("-- \n")
	for _, s := range p.Foot {
		b.WriteString(fold(s, "") + "\n")
	}
	if p.End != nil {
		b.WriteString(p.End.Label + ": " + p.End.Link + "\n")
	}
	return b.String()
}

func (p *page) textItems(b *strings.Builder) {
	group := ""
	for _, i := range p.Items {
		if i.Group != group {
			group = i.Group
			b.WriteString(fold(group, "") + "\n\n")
		}
		b.WriteString(fold("* "+i.Title+" – "+i.What, "") + "\n  " + i.Link + "\n\n")
	}
}

// fold breaks a text between words into lines that begin with a mark.
func fold(text, mark string) string {
	var b strings.Builder
	b.WriteString(mark)
	room := textWidth - len(mark)
	for i, word := range strings.Split(text, " ") {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case n+1 > room:
			b.WriteString("\n" + mark)
			room = textWidth - len(mark)
		default:
			b.WriteByte(' ')
			room--
		}
		b.WriteString(word)
		room -= n
	}
	return b.String()
}
