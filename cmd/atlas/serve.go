package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"sync"
	"syscall"
	"time"

	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/web"
)

// serve serves the pages over the database of the configuration.
func serve(ctx context.Context, c *call) error {
	if c.has("print-config") {
		return c.config.Print(c.out)
	}
	return c.serve(ctx, instance{level: slog.LevelInfo, ready: func(string) {
		if c.config.OpenEditing {
			c.say("serve.open_editing")
		}
	}})
}

// instance is what differs between the ways of serving.
type instance struct {
	level slog.Level
	now   func() time.Time                      // clock; nil = that of the machine
	fill  func(context.Context, *app.App) error // content for an empty database
	ready func(address string)                  // says that it serves
}

// serve takes the address first, so that a taken one is told before anything
// is written, brings the database up to date, reads it into memory and serves
// until ctx ends. People who come meanwhile wait.
func (c *call) serve(ctx context.Context, in instance) error {
	start := time.Now()
	keeping, enough := context.WithCancel(ctx)
	defer enough()
	go keepMemory(keeping)
	log := newLog(c.err, c.config.LogFormat, in.level)
	listener, err := c.listen(ctx)
	if err != nil {
		return err
	}
	defer listener.Close()
	s, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	a, err := c.load(ctx, s, log, in)
	if err != nil {
		return stopped(ctx, err)
	}
	handler, err := web.New(web.Options{Config: c.config, App: a, Log: log, Version: buildVersion()})
	if err != nil {
		return err
	}
	sender, err := newSender(c.config)
	if err != nil {
		return err
	}
	if !sender.Configured() {
		log.Info("no mail server is configured; letters are written to a folder", "folder", c.config.Letters())
	}
	if sender.Configured() && c.config.BaseURL == "" {
		log.Warn("letters are sent but the public address is not configured; they cannot lead to pages", "set", "--base-url")
	}
	var posting sync.WaitGroup
	defer posting.Wait()
	working, stop := context.WithCancel(ctx)
	defer stop()
	posting.Go(func() { app.NewOutbox(s, sender, app.OutboxOptions{Log: log}).Run(working) })
	posting.Go(func() { a.KeepPurging(working, c.signInPage(), log) })
	posting.Go(func() { a.KeepClosingMandates(working, log) })
	posting.Go(func() { a.KeepRemindingEvaluators(working, log) })
	posting.Go(func() { a.KeepTelling(working) })
	posting.Go(func() { a.KeepTurningDays(working, log) })
	address := publicAddress(listener.Addr())
	in.ready(address)
	log.Info("serving", "address", address, "database", s.Engine(), "projects", a.Index().Len(), "started_in", time.Since(start))
	return run(ctx, listener, handler, a, log)
}

// fewProjects is how many can be read with garbage collected four times less
// often: it starts a sixth sooner and takes half a gigabyte at most meanwhile.
const fewProjects = 20_000

// load migrates the database and reads it into memory.
func (c *call) load(ctx context.Context, s *store.Store, log *slog.Logger, in instance) (*app.App, error) {
	from, to, err := s.Migrate(ctx)
	if err != nil {
		return nil, err
	}
	if from != to {
		log.Info("database migrated", "from", from, "to", to)
	}
	n, err := s.CountProjects(ctx)
	if err != nil {
		return nil, err
	}
	if n <= fewProjects {
		defer debug.SetGCPercent(debug.SetGCPercent(400))
	}
	o, err := c.appOptions(log)
	if err != nil {
		return nil, err
	}
	o.Now = in.now
	a := app.New(s, o)
	if err := a.Load(ctx); err != nil {
		return nil, err
	}
	if in.fill != nil {
		err = in.fill(ctx, a)
	}
	return a, err
}

// Limits of one request. The time to read bounds slow uploads, the time to
// write slow exports.
const (
	readHeaderTime = 10 * time.Second
	readTime       = 60 * time.Second
	writeTime      = 120 * time.Second
	idleTime       = 120 * time.Second
	maxHeader      = 64 << 10 // bytes
	stopTime       = 10 * time.Second
)

// run serves and follows the changes of other processes until ctx ends, then
// lets requests finish for ten seconds.
func run(ctx context.Context, l net.Listener, handler http.Handler, a *app.App, log *slog.Logger) error {
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: readHeaderTime, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHeader,
		ErrorLog:       serverLog(log),
	}
	ctx, cancel := context.WithCancel(ctx)
	var following sync.WaitGroup
	defer following.Wait()
	defer cancel()
	following.Go(func() { keepFollowing(ctx, a.Follow, log) })
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(l) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	log.Info("stopping")
	ending, done := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer done()
	err := server.Shutdown(ending)
	if errors.Is(err, context.DeadlineExceeded) {
		log.Warn("requests did not finish in time and were cut off", "after", stopTime)
		err = server.Close()
	}
	return err
}

// keepFollowing follows the changes of other processes and begins again when
// that fails, more and more slowly, until ctx ends.
func keepFollowing(ctx context.Context, follow func(context.Context) error, log *slog.Logger) {
	const first, longest = time.Second, 30 * time.Second
	for pause := first; ctx.Err() == nil; pause = min(2*pause, longest) {
		began := time.Now()
		err := follow(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		if time.Since(began) > longest {
			pause = first
		}
		log.Error("following the changes of the database failed; it begins again", "error", err, "in", pause)
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// listen takes the address of the configuration.
func (c *call) listen(ctx context.Context) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", c.config.Listen)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fail("failed.port_taken", "value", c.config.Listen)
	case err != nil:
		return nil, fail("failed.listen", "value", c.config.Listen, "error", err)
	}
	return l, nil
}

// publicAddress is the address to type into a browser on this machine.
func publicAddress(a net.Addr) string {
	tcp, ok := a.(*net.TCPAddr)
	if !ok {
		return "http://" + a.String() + "/"
	}
	host := tcp.IP.String()
	if tcp.IP.IsUnspecified() || tcp.IP.IsLoopback() && tcp.IP.To4() != nil {
		host = "localhost"
	}
	_, port, _ := net.SplitHostPort(a.String())
	return "http://" + net.JoinHostPort(host, port) + "/"
}

// stopped makes an error nil when it came of being told to stop.
func stopped(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}
