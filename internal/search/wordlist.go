package search

import "strings"

// wordList keeps words by their numbers, side by side in chunks: six bytes beside
// the word itself and nothing for the garbage collector to follow. Words are never
// taken out.
type wordList struct {
	chunks []*strings.Builder // of chunkSize each; what is written in one never moves
	places []uint32           // where a word lies: chunk × chunkSize + offset
}

// len is how many words there are.
func (l *wordList) len() int { return len(l.places) }

// add puts a copy of a word at the end. As words are cut at maxWord bytes, two
// bytes are enough for the length of one, whatever folding makes of it.
func (l *wordList) add(word string) {
	last := len(l.chunks) - 1
	if last < 0 || l.chunks[last].Len()+2+len(word) > chunkSize {
		l.chunks = append(l.chunks, new(strings.Builder))
		last++
		l.chunks[last].Grow(chunkSize)
	}
	b := l.chunks[last]
	l.places = append(l.places, uint32(last*chunkSize+b.Len()))
	b.WriteByte(byte(len(word)))
	b.WriteByte(byte(len(word) >> 8))
	b.WriteString(word)
}

// get gives a word. It shares memory with the list.
func (l *wordList) get(number uint32) string {
	at := l.places[number]
	rest := l.chunks[at/chunkSize].String()[at%chunkSize:]
	return rest[2 : 2+int(rest[0])+int(rest[1])<<8]
}
