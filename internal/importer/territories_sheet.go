package importer

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Limits of what is read: the largest official file, the links of all parts of
// municipalities, has 15 000 rows and under 2 MB.
const (
	territoryMaxBytes = 64 << 20
	territoryMaxRows  = 500_000
	territoryMaxFiles = 100 // in an archive
)

// ErrTerritoryTooLarge says that a file is beyond what any list of territories
// can be.
var ErrTerritoryTooLarge = errors.New("file of territories is too large")

// territorySheet is one file: its layout and its rows.
type territorySheet struct {
	file   string
	layout territoryLayout
	header []string
	rows   []territoryRow
}

type territoryRow struct {
	line  int
	cells []string
}

// get is a cell by the name of its column, without blanks around; "" where the
// row or the file has none.
func (s territorySheet) get(r territoryRow, column string) string {
	i := slices.Index(s.header, column)
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// readTerritorySheets reads a CSV file, or every one in a ZIP archive.
func readTerritorySheets(f TerritoryFile) ([]territorySheet, error) {
	data, err := readTerritoryBytes(f.Data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		s, err := parseTerritorySheet(f.Name, data)
		return []territorySheet{s}, err
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	var sheets []territorySheet
	total := 0
	for _, entry := range archive.File {
		if !strings.HasSuffix(strings.ToLower(entry.Name), ".csv") {
			continue
		}
		data, err := readTerritoryEntry(entry)
		if total += len(data); err == nil && total > territoryMaxBytes {
			err = ErrTerritoryTooLarge
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", f.Name, entry.Name, err)
		}
		if len(sheets) == territoryMaxFiles {
			return nil, fmt.Errorf("%s: %w", f.Name, ErrTerritoryTooLarge)
		}
		s, err := parseTerritorySheet(entry.Name, data)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, s)
	}
	if len(sheets) == 0 {
		return nil, fmt.Errorf("%s: no CSV file in the archive", f.Name)
	}
	return sheets, nil
}

func readTerritoryEntry(entry *zip.File) ([]byte, error) {
	r, err := entry.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return readTerritoryBytes(r)
}

func readTerritoryBytes(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, territoryMaxBytes+1))
	if err == nil && len(data) > territoryMaxBytes {
		err = ErrTerritoryTooLarge
	}
	return data, err
}

// parseTerritorySheet reads CSV in UTF-8 or windows-1250, with semicolons,
// commas or tabs, and recognises its layout.
func parseTerritorySheet(file string, data []byte) (territorySheet, error) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) {
		decoded, err := charmap.Windows1250.NewDecoder().Bytes(data)
		if err != nil {
			return territorySheet{}, fmt.Errorf("%s: %w", file, err)
		}
		data = decoded
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes = territoryComma(data), -1, true
	header, err := r.Read()
	if err != nil {
		return territorySheet{}, fmt.Errorf("%s: %w", file, err)
	}
	for i, h := range header {
		header[i] = strings.ToLower(strings.TrimSpace(h))
	}
	s := territorySheet{file: file, header: header}
	if s.layout, err = recogniseTerritoryLayout(file, header); err != nil {
		return s, err
	}
	for {
		cells, err := r.Read()
		if err == io.EOF {
			return s, nil
		}
		if err != nil {
			return s, fmt.Errorf("%s: %w", file, err)
		}
		if len(s.rows) == territoryMaxRows {
			return s, fmt.Errorf("%s: %w", file, ErrTerritoryTooLarge)
		}
		line, _ := r.FieldPos(0)
		s.rows = append(s.rows, territoryRow{line, cells})
	}
}

// territoryComma is the sign that parts the header most often.
func territoryComma(data []byte) rune {
	header, _, _ := bytes.Cut(data, []byte("\n"))
	best := ','
	for _, c := range ";\t" {
		if strings.Count(string(header), string(c)) > strings.Count(string(header), string(best)) {
			best = c
		}
	}
	return best
}
