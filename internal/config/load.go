package config

import (
	"bufio"
	"fmt"
	"os"
	"strings"
)

// Load fills a configuration over its defaults c: from a file, the environment
// and the flags given on the command line, by name. The file is named by the
// flag config or by ATLAS_CONFIG; without either there is none. A setting that
// cannot be used is an *Error.
func Load(c Config, given map[string]string, env func(string) string) (Config, error) {
	file := given["config"]
	if file == "" {
		file = env(Variable("config"))
	}
	if file != "" {
		if err := c.readFile(file); err != nil {
			return c, err
		}
	}
	for _, s := range settings() {
		if v := env(Variable(s.name)); v != "" {
			if err := s.set(&c, v); err != nil {
				return c, err
			}
		}
	}
	for _, s := range settings() {
		if v, ok := given[s.name]; ok {
			if err := s.set(&c, v); err != nil {
				return c, err
			}
		}
	}
	return c, c.Check()
}

// readFile reads lines "name = value"; empty lines and those that begin with #
// say nothing.
func (c *Config) readFile(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("configuration: %w", err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok {
			return wrong("config.line", "file", name, "line", n)
		}
		if err := c.setByName(strings.TrimSpace(key), strings.TrimSpace(value)); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return lines.Err()
}

func (c *Config) setByName(name, value string) error {
	for _, s := range settings() {
		if s.name == name {
			return s.set(c, value)
		}
	}
	return wrong("config.unknown", "name", name)
}
