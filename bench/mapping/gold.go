package main

import (
	"encoding/csv"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// goldFile is one raw file and what its columns mean.
type goldFile struct {
	name    string // in the gold table: "data/AT.austria/…"
	lang    string
	part    string // "tune" or "held-out"
	data    []byte
	headers []string
	targets []string // "" where the volunteers left the column out
}

// labelled says whether the volunteers mapped any column of the file.
func (f goldFile) labelled() bool { return strings.Join(f.targets, "") != "" }

// projects is the folder of real lists.
func projects() (string, error) {
	for _, root := range []string{os.Getenv("ATLAS_DATA"), "../shared/data", "../../shared/data"} {
		folder := filepath.Join(root, "reference", "projects")
		if _, err := os.Stat(folder); root != "" && err == nil {
			return folder, nil
		}
	}
	return "", fmt.Errorf("no folder reference/projects")
}

// goldFiles reads the gold table and the files that it speaks of.
func goldFiles() ([]goldFile, error) {
	folder, err := projects()
	if err != nil {
		return nil, err
	}
	files, err := readGold(filepath.Join(folder, "eu_sf_column_mapping_gold_train.csv"))
	if err != nil {
		return nil, err
	}
	raw, err := os.MkdirTemp("", "atlas-bench-mapping-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(raw)
	if out, err := exec.Command("tar", "-xJf", filepath.Join(folder, "eu_sf_raw_train.tar.xz"), "-C", raw).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("unpacking: %w: %s", err, out)
	}
	for i := range files {
		if files[i].data, err = os.ReadFile(filepath.Join(raw, "eu_sf_raw_train", rawName(files[i].name))); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// rawName is the name of a file in the archive.
func rawName(source string) string {
	return strings.ReplaceAll(strings.ReplaceAll(source, "/", "__"), " ", "_")
}

func readGold(name string) ([]goldFile, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	var out []goldFile
	at := map[string]int{}
	for {
		row, err := r.Read()
		if err == io.EOF {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		if len(row) < 6 || strings.TrimPrefix(row[0], "\ufeff") == "source_file" {
			continue
		}
		i, ok := at[row[0]]
		if !ok {
			i = len(out)
			at[row[0]] = i
			out = append(out, goldFile{name: row[0], lang: language(row[2]), part: partOf(row[0])})
		}
		out[i].headers = append(out[i].headers, row[3])
		out[i].targets = append(out[i].targets, row[5])
	}
}

// language is the code of the column lang: some rows give that of the state.
func language(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	for state, code := range map[string]string{"dk": "da", "se": "sv", "gr": "el", "cz": "cs"} {
		if s == state {
			return code
		}
	}
	return s
}

// heldOut is the part of the files that words and rules were not made by.
const heldOut = "held-out"

// ofPart are the files of one part.
func ofPart(files []goldFile, part string) (out []goldFile) {
	for _, f := range files {
		if f.part == part {
			out = append(out, f)
		}
	}
	return out
}

// partOf puts a third of the files aside.
func partOf(name string) string {
	h := fnv.New32a()
	h.Write([]byte(name))
	if h.Sum32()%3 == 0 {
		return heldOut
	}
	return "tune"
}
