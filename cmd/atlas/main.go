// Command atlas is the whole product in one program: it serves the pages and
// looks after the database. `atlas help` lists what it can do.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"atlas/internal/config"
	"atlas/internal/i18n"
)

// Exit codes.
const (
	exitOK    = 0
	exitError = 1 // it could not be done
	exitUsage = 2 // it was asked for in a way that cannot be understood
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	t, err := newTool(os.Stdout, os.Stderr, os.Getenv)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(exitError)
	}
	t.terminal = isTerminal(os.Stderr)
	os.Exit(t.run(ctx, os.Args[1:]))
}

// tool is the program as one run of it sees the world.
type tool struct {
	out, err io.Writer
	env      func(string) string
	words    *i18n.Catalog
	lang     string
	terminal bool // err is a terminal, where a line can be written over
}

// isTerminal says whether a person sees what is written at once.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// call is one command with what it was given.
type call struct {
	*tool
	config config.Config
	args   []string
	given  map[string]string // flags by name
}

// has says whether a flag of the command itself was given.
func (c *call) has(flag string) bool { return c.given[flag] == "true" }

// run does what the arguments ask for and gives the exit code.
func (t *tool) run(ctx context.Context, args []string) int {
	err := t.dispatch(ctx, args)
	var usage *usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage):
		fmt.Fprintln(t.err, t.explain(err))
		fmt.Fprintln(t.err, t.T("usage.help", "command", usage.command))
		return exitUsage
	case ctx.Err() != nil: // whatever failed, failed because of that
		fmt.Fprintln(t.err, t.T("failed.interrupted"))
	default:
		fmt.Fprintln(t.err, t.explain(err))
	}
	return exitError
}

func (t *tool) dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 {
		t.printOverview()
		return nil
	}
	cmd, rest, err := find(args)
	if err != nil {
		return err
	}
	line, err := parse(cmd, rest)
	if err != nil {
		return err
	}
	if line.help {
		t.printHelp(cmd)
		return nil
	}
	if err := cmd.count(line.args); err != nil {
		return err
	}
	settings := config.Default()
	if cmd.defaults != nil {
		cmd.defaults(&settings)
	}
	settings, err = config.Load(settings, line.given, t.env)
	var wrong *config.Error
	switch {
	case cmd.run == nil, errors.As(err, &wrong) && len(line.given) > 0:
		return &usageError{command: cmd.name, cause: err}
	case err != nil:
		return err
	}
	return cmd.run(ctx, &call{tool: t, config: settings, args: line.args, given: line.given})
}
