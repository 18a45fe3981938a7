package reference

import (
	"fmt"
	"io/fs"
	"strings"
)

// Aliases gives groups of spellings of one name, such as Charkov, Kharkiv,
// Харків, Харьков. A spelling is in one group only, whatever its case.
func Aliases() [][]string { return must(loadAliases(files)) }

// loadAliases reads aliases.txt: a group a line, spellings separated by "|",
// lines beginning with # left out.
func loadAliases(fsys fs.FS) ([][]string, error) {
	text, err := fs.ReadFile(fsys, "aliases.txt")
	if err != nil {
		return nil, err
	}
	var groups [][]string
	seen := map[string]bool{}
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		group := strings.Split(line, "|")
		if len(group) < 2 {
			return nil, fmt.Errorf("aliases.txt:%d: a group needs two spellings", i+1)
		}
		for _, s := range group {
			key := strings.ToLower(s)
			if s == "" || s != strings.TrimSpace(s) || seen[key] {
				return nil, fmt.Errorf("aliases.txt:%d: spelling %q is blank or already there", i+1, s)
			}
			seen[key] = true
		}
		groups = append(groups, group)
	}
	return groups, nil
}
