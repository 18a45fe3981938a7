package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"runtime/debug"
	"slices"
	"strings"

	"atlas/assets"
)

// bill is a software bill of materials (CycloneDX 1.6): what the program is made
// of, read from the program itself.
type bill struct {
	Format       string      `json:"bomFormat"`
	Spec         string      `json:"specVersion"`
	Serial       string      `json:"serialNumber"`
	Version      int         `json:"version"`
	Metadata     billMeta    `json:"metadata"`
	Components   []component `json:"components"`
	Dependencies []depends   `json:"dependencies"`
}

type billMeta struct {
	Timestamp string    `json:"timestamp,omitempty"` // of the commit; the same build gives the same bill
	Component component `json:"component"`
}

// component is one module of Go or one package of npm.
type component struct {
	Type     string    `json:"type"`
	Ref      string    `json:"bom-ref"`
	Name     string    `json:"name"`
	Version  string    `json:"version"`
	Scope    string    `json:"scope,omitempty"` // "required", or "excluded": a tool of the build
	PURL     string    `json:"purl"`
	Hashes   []hash    `json:"hashes,omitempty"`
	Licences []licence `json:"licenses,omitempty"`
}

type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type licence struct {
	Licence struct {
		Name string `json:"name"`
	} `json:"license"`
}

type depends struct {
	Ref string   `json:"ref"`
	On  []string `json:"dependsOn"`
}

// sbom prints what the program is made of.
func sbom(_ context.Context, c *call) error {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return fail("failed.no_build_info")
	}
	b, err := billOf(info, assets.Lock)
	if err != nil {
		return err
	}
	out := json.NewEncoder(c.out)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	return out.Encode(b)
}

// billOf makes the bill of a build and of the locked packages of its assets.
func billOf(info *debug.BuildInfo, lock []byte) (*bill, error) {
	whole := component{Type: "application", Name: "atlas", Version: cmp.Or(strings.Trim(info.Main.Version, "()"), "devel")}
	whole.PURL = "pkg:golang/" + info.Main.Path + "@" + url.PathEscape(whole.Version)
	whole.Ref = whole.PURL
	b := &bill{Format: "CycloneDX", Spec: "1.6", Version: 1, Metadata: billMeta{Component: whole}}
	for _, s := range info.Settings {
		if s.Key == "vcs.time" {
			b.Metadata.Timestamp = s.Value
		}
	}
	b.Components = append(b.Components, goComponent("std", strings.TrimPrefix(info.GoVersion, "go")))
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		b.Components = append(b.Components, goComponent(m.Path, m.Version))
	}
	packages, err := npmComponents(lock)
	if err != nil {
		return nil, err
	}
	b.Components = append(b.Components, packages...)
	on := depends{Ref: whole.Ref}
	for _, c := range b.Components {
		if c.Scope == "required" {
			on.On = append(on.On, c.Ref)
		}
	}
	b.Dependencies = []depends{on}
	b.Serial = serial(b.Components)
	return b, nil
}

func goComponent(path, version string) component {
	purl := "pkg:golang/" + path + "@" + url.PathEscape(version)
	return component{Type: "library", Ref: purl, Name: path, Version: version, Scope: "required", PURL: purl}
}

// npmComponents reads the locked packages; one that stands there at several places
// is named once.
func npmComponents(lock []byte) ([]component, error) {
	var file struct {
		Packages map[string]struct {
			Version, Integrity, License string
		} `json:"packages"`
	}
	if err := json.Unmarshal(lock, &file); err != nil {
		return nil, fmt.Errorf("packages of assets: %w", err)
	}
	seen := map[string]component{}
	for at, p := range file.Packages {
		_, name, ok := cutLast(at, "node_modules/")
		if !ok {
			continue // the assets themselves
		}
		purl := "pkg:npm/" + strings.Replace(name, "@", "%40", 1) + "@" + url.PathEscape(p.Version)
		c := component{Type: "library", Ref: purl, Name: name, Version: p.Version, Scope: "excluded", PURL: purl}
		if assets.Shipped(name) {
			c.Scope = "required"
		}
		if p.License != "" {
			c.Licences = make([]licence, 1)
			c.Licences[0].Licence.Name = p.License
		}
		sum, err := integrity(p.Integrity)
		if err != nil {
			return nil, fmt.Errorf("package %s of assets: %w", name, err)
		}
		c.Hashes = []hash{sum}
		seen[purl] = c
	}
	var out []component
	for _, c := range seen {
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b component) int { return cmp.Compare(a.PURL, b.PURL) })
	return out, nil
}

func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// integrity reads "sha512-…" of npm.
func integrity(text string) (hash, error) {
	encoded, ok := strings.CutPrefix(text, "sha512-")
	sum, err := base64.StdEncoding.DecodeString(encoded)
	if !ok || err != nil || len(sum) != 64 {
		return hash{}, errors.New("no SHA-512 of it is known")
	}
	return hash{"SHA-512", hex.EncodeToString(sum)}, nil
}

// serial is a UUID that follows from what is named (RFC 9562, version 8), so that
// one build has one bill.
func serial(components []component) string {
	all := sha256.New()
	for _, c := range components {
		fmt.Fprintln(all, c.PURL)
	}
	id := all.Sum(nil)[:16]
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", id[:4], id[4:6], id[6:8], id[8:10], id[10:])
}
