package document

import (
	"strings"
	"unicode/utf8"
)

// piece is a part of a line with one look.
type piece struct {
	text  string
	face  int
	link  int // which span leads somewhere, -1 none
	width float64
}

// line is what stands beside each other. Its last piece keeps the blank that
// follows it, so that words of two lines are two words when they are copied.
type line []piece

// width is how wide a line is without the blank at its end.
func (d *pdf) width(l line, size float64) (sum float64) {
	for i, p := range l {
		if i == len(l)-1 {
			return sum + d.faces[p.face].width(strings.TrimRight(p.text, " "), size)
		}
		sum += p.width
	}
	return sum
}

// wrap breaks spans into lines not wider than most points: at blanks, a word
// wider than a line between its letters, and where the text itself breaks.
func (d *pdf) wrap(spans []Span, look int, size, most float64) []line {
	w := &wrapper{pdf: d, size: size, most: most}
	for n, s := range spans {
		p := piece{face: look, link: -1}
		if s.Strong {
			p.face |= bold
		}
		if s.Emphasis {
			p.face |= italic
		}
		if s.link() != "" {
			p.link = n
		}
		for i, part := range strings.Split(clean(s.Text), "\n") {
			if i > 0 {
				w.endWord()
				w.endLine()
			}
			for word := range strings.SplitAfterSeq(strings.ReplaceAll(part, "\t", " "), " ") {
				if word == "" {
					continue
				}
				p.text = word
				w.word = append(w.word, p)
				if strings.HasSuffix(word, " ") {
					w.endWord()
				}
			}
		}
	}
	w.endWord()
	if len(w.now) > 0 {
		w.endLine()
	}
	return w.lines
}

// wrapper fills lines with words.
type wrapper struct {
	pdf        *pdf
	size, most float64
	lines      []line
	now        line
	nowWidth   float64
	word       []piece // pieces without a blank between them
}

func (w *wrapper) endLine() {
	w.lines = append(w.lines, w.now)
	w.now, w.nowWidth = nil, 0
}

// endWord puts the word on the line, on a new one where it does not fit.
func (w *wrapper) endWord() {
	word := line(w.word)
	w.word = nil
	if len(word) == 0 {
		return
	}
	for i, p := range word {
		word[i].width = w.pdf.faces[p.face].width(p.text, w.size)
	}
	width := w.pdf.width(word, w.size)
	if w.nowWidth+width > w.most && len(w.now) > 0 {
		w.endLine()
	}
	if width > w.most {
		w.breakWord(word)
		return
	}
	for _, p := range word {
		w.put(p)
	}
}

// breakWord puts a word that no line is wide enough for, letter by letter.
func (w *wrapper) breakWord(word line) {
	for _, p := range word {
		for p.text != "" {
			r, n := utf8.DecodeRuneInString(p.text)
			letter := piece{text: p.text[:n], face: p.face, link: p.link}
			letter.width = w.pdf.faces[p.face].width(letter.text, w.size)
			if w.nowWidth+letter.width > w.most && len(w.now) > 0 && r != ' ' {
				w.endLine()
			}
			w.put(letter)
			p.text = p.text[n:]
		}
	}
}

// put adds a piece to the line, to the last one where they look alike.
func (w *wrapper) put(p piece) {
	w.nowWidth += p.width
	if last := len(w.now) - 1; last >= 0 && w.now[last].face == p.face && w.now[last].link == p.link {
		w.now[last].text += p.text
		w.now[last].width += p.width
		return
	}
	w.now = append(w.now, p)
}
