package picture

import (
	"bytes"
	"encoding/binary"
)

// findings is what a file holds beside its picture.
type findings struct {
	kinds       []Removed
	orientation int // of EXIF; 0 and 1 are upright
}

func (f *findings) add(kinds ...Removed) { f.kinds = append(f.kinds, kinds...) }

// look goes through what a file says beside its picture. A part that cannot be read
// is not told by kind, and is not kept either: nothing is ever copied.
func look(file []byte, format string) findings {
	var f findings
	switch format {
	case "jpeg":
		f.jpeg(file)
	case "png":
		f.png(file)
	case "webp":
		f.webp(file)
	}
	return f
}

// Markers of JPEG.
const (
	markStart   = 0xDA // of the picture itself
	markEnd     = 0xD9
	markApp1    = 0xE1 // EXIF or XMP
	markApp13   = 0xED // IPTC
	markComment = 0xFE
)

func (f *findings) jpeg(file []byte) {
	for at := 2; at+4 <= len(file) && file[at] == 0xFF; {
		mark := file[at+1]
		if mark == 0xFF { // padding
			at++
			continue
		}
		size := int(binary.BigEndian.Uint16(file[at+2:]))
		if mark == markStart || mark == markEnd || size < 2 || at+2+size > len(file) {
			return
		}
		part := file[at+4 : at+2+size]
		switch {
		case mark == markApp1 && bytes.HasPrefix(part, []byte("Exif\x00\x00")):
			f.exif(part[6:])
		case mark == markApp1:
			f.words(part)
		case mark == markApp13, mark == markComment:
			f.words(part)
		}
		at += 2 + size
	}
}

func (f *findings) png(file []byte) {
	for at := 8; at+12 <= len(file); {
		size := int(binary.BigEndian.Uint32(file[at:]))
		if size < 0 || size > len(file)-at-12 {
			return
		}
		part := file[at+8 : at+8+size]
		switch string(file[at+4 : at+8]) {
		case "eXIf":
			f.exif(part)
		case "tEXt", "zTXt", "iTXt":
			f.words(part)
		case "tIME":
			f.add(RemovedTime)
		}
		at += 12 + size
	}
}

func (f *findings) webp(file []byte) {
	for at := 12; at+8 <= len(file); {
		size := int(binary.LittleEndian.Uint32(file[at+4:]))
		if size < 0 || size > len(file)-at-8 {
			return
		}
		part := file[at+8 : at+8+size]
		switch string(file[at : at+4]) {
		case "EXIF":
			f.exif(bytes.TrimPrefix(part, []byte("Exif\x00\x00")))
		case "XMP ":
			f.words(part)
		}
		at += 8 + size + size%2
	}
}

// words is what a program wrote in words: XMP, IPTC, a comment.
func (f *findings) words(part []byte) {
	f.add(RemovedText)
	for kind, names := range map[Removed][]string{
		RemovedPlace: {"GPSLatitude", "GPSLongitude", "GPSPosition"}, RemovedTime: {"CreateDate", "DateCreated", "DateTimeOriginal"},
		RemovedCamera: {"tiff:Make", "tiff:Model", "SerialNumber"}, RemovedAuthor: {"dc:creator", "CreatorContact", "photoshop:Credit"},
	} {
		for _, name := range names {
			if bytes.Contains(part, []byte(name)) {
				f.add(kind)
			}
		}
	}
}

// Tags of EXIF that are told.
const (
	tagOrientation = 0x0112
	tagExif        = 0x8769
	tagGPS         = 0x8825
)

var tagKinds = map[uint16]Removed{
	0x010F: RemovedCamera, 0x0110: RemovedCamera, 0x0131: RemovedCamera, 0xA431: RemovedCamera, 0xA433: RemovedCamera, 0xA434: RemovedCamera, 0xA435: RemovedCamera,
	0x0132: RemovedTime, 0x9003: RemovedTime, 0x9004: RemovedTime,
	0x013B: RemovedAuthor, 0x8298: RemovedAuthor, 0xA430: RemovedAuthor, 0x9C9D: RemovedAuthor,
	0x010E: RemovedText, 0x9286: RemovedText, 0x927C: RemovedText,
}

// exif reads a block of EXIF: a TIFF file of directories of tags.
func (f *findings) exif(block []byte) {
	if len(block) < 8 {
		return
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(block[:2]) {
	case "II":
	case "MM":
		order = binary.BigEndian
	default:
		return
	}
	// Each directory once: one that leads to itself is foreign input too.
	seen := map[uint32]bool{}
	queue := []uint32{order.Uint32(block[4:])}
	for len(queue) > 0 && len(seen) < 8 {
		at := queue[0]
		queue = queue[1:]
		if seen[at] {
			continue
		}
		seen[at] = true
		f.directory(block, order, at, func(next uint32) { queue = append(queue, next) })
	}
}

// directory reads the tags of one directory; each is twelve bytes.
func (f *findings) directory(block []byte, order binary.ByteOrder, at uint32, lead func(uint32)) {
	if int64(at)+2 > int64(len(block)) {
		return
	}
	rest := block[at+2:]
	for range order.Uint16(block[at:]) {
		if len(rest) < 12 {
			return
		}
		tag, value := order.Uint16(rest), order.Uint32(rest[8:])
		switch tag {
		case tagOrientation:
			f.orientation = int(order.Uint16(rest[8:]))
		case tagGPS:
			f.add(RemovedPlace)
		case tagExif:
			lead(value)
		default:
			if kind, ok := tagKinds[tag]; ok {
				f.add(kind)
			}
		}
		rest = rest[12:]
	}
}
