package importer

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
)

// content is a file to be read, unpacked where it is packed by gzip, any number
// of times from its beginning.
type content struct {
	limits
	name   string
	file   io.ReaderAt
	size   int64
	packed bool
}

// content refuses what is too large already as it is.
func (l limits) content(name string, file io.ReaderAt, size int64) (*content, error) {
	c := &content{limits: l, name: name, file: file, size: size}
	if size > l.bytes {
		return nil, l.tooLarge(name)
	}
	c.packed = c.startsWith("\x1f\x8b")
	return c, nil
}

// startsWith says whether the unpacked file has these bytes at its beginning.
func (c *content) startsWith(sign string) bool {
	head := make([]byte, len(sign))
	_, err := io.ReadFull(c.open(), head)
	return err == nil && string(head) == sign
}

// open gives the unpacked bytes from the beginning. Reading ends with
// errTooLarge where they are too many.
func (c *content) open() io.Reader {
	plain := io.NewSectionReader(c.file, 0, c.size)
	if !c.packed {
		return plain
	}
	z, err := gzip.NewReader(plain)
	if err != nil {
		return failing{err}
	}
	return &unpacking{from: z, most: c.limits.bytes, packed: c.size}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

var errTooLarge = errors.New("too large when unpacked")

// A list packs to a tenth or a thirtieth. What unpacks to far more is made to
// fill the disk and is refused long before it can.
const (
	bombRatio = 150
	bombFrom  = 128 << 20 // a smaller file does no harm
)

// unpacking bounds what a packed file unpacks to.
type unpacking struct {
	from   io.Reader
	most   int64
	packed int64 // size of the packed file
	read   int64
}

func (u *unpacking) Read(p []byte) (int, error) {
	n, err := u.from.Read(p)
	u.read += int64(n)
	if u.read > u.most || isBomb(u.packed, u.read) {
		return 0, errTooLarge
	}
	return n, err
}

func isBomb(packed, unpacked int64) bool { return unpacked > bombFrom && unpacked/bombRatio > packed }

// refused tells people why the content cannot be read.
func (c *content) refused(err error) error {
	var already *FileError
	switch {
	case errors.As(err, &already):
		return already
	case errors.Is(err, errTooLarge):
		return c.tooLarge(c.name)
	}
	return fileError(ErrorBroken, err, "file", fileName(c.name))
}

// whole is the unpacked file for those who read it here and there: a workbook.
// One that is packed once more is unpacked into memory.
func (c *content) whole(most int64) (io.ReaderAt, int64, error) {
	if !c.packed {
		if c.size > most {
			return nil, 0, errTooLarge
		}
		return c.file, c.size, nil
	}
	data, err := io.ReadAll(io.LimitReader(c.open(), most+1))
	if err == nil && int64(len(data)) > most {
		err = errTooLarge
	}
	return bytes.NewReader(data), int64(len(data)), err
}
