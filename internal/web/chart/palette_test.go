package chart

import (
	"fmt"
	"image/color"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestFilesHaveTheColoursOfTheLightTheme reads the theme and the design system
// in what the product is built with.
func TestFilesHaveTheColoursOfTheLightTheme(t *testing.T) {
	built, err := filepath.Glob("../static/dist/atlas-*.css")
	if err != nil || len(built) != 1 {
		t.Fatalf("styles %v %v", built, err)
	}
	css, err := os.ReadFile(built[0])
	if err != nil {
		t.Fatal(err)
	}
	theme, err := os.ReadFile("../../../assets/css/theme.css")
	if err != nil {
		t.Fatal(err)
	}
	light, _, _ := strings.Cut(string(theme), "[data-theme=dark]")
	for name, got := range palette {
		said := regexp.MustCompile(`--` + name + `: ([^;]+);`).FindStringSubmatch(light)
		if said == nil {
			t.Errorf("the theme has no --%s", name)
			continue
		}
		text := said[1]
		if token, ok := strings.CutPrefix(text, "var("); ok {
			v := regexp.MustCompile(strings.TrimSuffix(token, ")") + `:([^;}]+)`).FindStringSubmatch(string(css))
			if v == nil {
				t.Errorf("the design system has no %s", text)
				continue
			}
			text = v[1]
		}
		if want := parse(t, text); got != want {
			t.Errorf("--%s is %v in a file, %s on the page", name, got, text)
		}
	}
}

func parse(t *testing.T, text string) color.NRGBA {
	t.Helper()
	c := color.NRGBA{A: 255}
	text = strings.ReplaceAll(text, " ", "")
	if len(text) == 4 {
		text = "#" + strings.Repeat(text[1:2], 2) + strings.Repeat(text[2:3], 2) + strings.Repeat(text[3:4], 2)
	}
	form := "#%02x%02x%02x"
	if strings.HasPrefix(text, "rgb") {
		form = "rgb(%d,%d,%d)"
	}
	if _, err := fmt.Sscanf(text, form, &c.R, &c.G, &c.B); err != nil {
		t.Fatalf("colour %q: %v", text, err)
	}
	return c
}

func TestEveryRuleOfPaintingNamesColoursThatThereAre(t *testing.T) {
	for _, r := range sheet {
		for _, name := range []string{r.look.fill, r.look.stroke} {
			_, colour := palette[name]
			_, pattern := patterns[name]
			if !colour && !pattern && name != "" && name != nothing {
				t.Errorf("%s is painted with %q", r.selector, name)
			}
		}
	}
}
