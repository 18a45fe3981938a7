package main

import (
	"errors"
	"flag"
	"io"
	"slices"
	"strconv"
	"strings"
)

// line is what stood behind the name of a command.
type line struct {
	given map[string]string // flags by name
	args  []string
	help  bool
}

// parse reads the flags of a command wherever they stand among its arguments;
// behind "--" everything is an argument.
func parse(c command, args []string) (line, error) {
	l := line{given: map[string]string{}}
	set := flag.NewFlagSet(c.name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	for _, name := range c.flags {
		note := func(v string) error { l.given[name] = v; return nil }
		if isSwitch(name) {
			set.BoolFunc(name, "", func(v string) error {
				on, err := strconv.ParseBool(v)
				if err != nil {
					return err
				}
				return note(strconv.FormatBool(on))
			})
			continue
		}
		set.Func(name, "", note)
	}
	var last []string
	if i := slices.Index(args, "--"); i >= 0 {
		args, last = args[:i], args[i+1:]
	}
	for len(args) > 0 {
		err := set.Parse(args)
		if errors.Is(err, flag.ErrHelp) {
			l.help = true
			return l, nil
		}
		if err != nil {
			return l, flagError(c, err)
		}
		if args = set.Args(); len(args) > 0 {
			l.args, args = append(l.args, args[0]), args[1:]
		}
	}
	l.args = append(l.args, last...)
	return l, nil
}

// flagError says in our words what the standard library says in its own.
func flagError(c command, err error) error {
	for _, known := range []struct{ begins, key string }{
		{"flag provided but not defined: -", "usage.flag"},
		{"flag needs an argument: -", "usage.flag_value"},
	} {
		if name, ok := strings.CutPrefix(err.Error(), known.begins); ok {
			return &usageError{command: c.name, key: known.key, args: []any{"flag", name}}
		}
	}
	return &usageError{command: c.name, key: "usage.line", args: []any{"error", err}}
}

// count refuses too few and too many arguments.
func (c command) count(args []string) error {
	switch {
	case len(args) < c.min && c.args == "args.address":
		return &usageError{command: c.name, key: "usage.missing_address"}
	case len(args) < c.min:
		return &usageError{command: c.name, key: "usage.missing"}
	case c.max >= 0 && len(args) > c.max:
		return &usageError{command: c.name, key: "usage.surplus", args: []any{"value", args[c.max]}}
	}
	return nil
}

// usageError is a command line that cannot be understood: by a key of the
// catalogue or by its cause.
type usageError struct {
	command string // whose help to look at, "" = the overview
	key     string
	args    []any
	cause   error
}

func (e *usageError) Error() string {
	if e.cause != nil {
		return e.cause.Error()
	}
	return e.key
}

func (e *usageError) Unwrap() error { return e.cause }
