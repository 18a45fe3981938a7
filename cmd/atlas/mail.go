package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"atlas/internal/config"
	"atlas/internal/i18n"
	"atlas/internal/mail"
	"atlas/internal/store"
)

// mailFlags are the flags by which a command finds the mail server.
var mailFlags = []string{"smtp", "mail-from", "mail-name", "base-url", "operator-name", "contact"}

// newSender hands letters over as the configuration says.
func newSender(c config.Config) (*mail.Sender, error) {
	s, err := mail.NewSender(mail.Options{Server: c.SMTP, Folder: c.Letters(), From: c.MailFrom, Name: c.Sender()})
	if err != nil {
		return nil, fail("mailing.settings", "error", err)
	}
	return s, nil
}

// newComposer makes letters that say who sends them.
func newComposer(c config.Config) (*mail.Composer, error) {
	return mail.NewComposer(mail.Site{Name: c.OperatorName, BaseURL: c.BaseURL, Contact: c.Contact})
}

// mailTest sends the test letter, now and past the queue, and says in words what
// went wrong.
func mailTest(ctx context.Context, c *call) error {
	sender, err := newSender(c.config)
	if err != nil {
		return err
	}
	composer, err := newComposer(c.config)
	if err != nil {
		return err
	}
	to := printable(c.args[0])
	l, err := composer.Compose(mail.Recipient{Address: c.args[0], Lang: c.lang}, mail.Test{At: time.Now()})
	if errors.Is(err, mail.ErrAddress) {
		return fail("mailing.address", "value", to)
	}
	if err != nil {
		return err
	}
	var failure *mail.Failure
	switch err := sender.Send(ctx, l); {
	case errors.As(err, &failure):
		return fail("mailing.failed", "why", c.T(failure.Key), "cause", printable(failure.Cause.Error()))
	case err != nil:
		return err
	case !sender.Configured():
		c.say("mailing.folder", "folder", c.config.Letters())
	default:
		c.say("mailing.sent", "value", to)
	}
	return nil
}

// lettersShown is how many letters of a state are listed at most.
const lettersShown = 50

// mailList lists the letters that wait and those that were given up.
func mailList(ctx context.Context, c *call) error {
	s, err := c.openExisting(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if _, _, err := s.Migrate(ctx); err != nil {
		return err
	}
	for _, state := range []struct{ name, head, none string }{
		{store.LetterWaiting, "mailing.waiting", "mailing.none_waiting"},
		{store.LetterFailed, "mailing.given_up", "mailing.none_given_up"},
	} {
		n, err := s.LettersCount(ctx, state.name)
		if err != nil {
			return err
		}
		if n == 0 {
			c.say(state.none)
			continue
		}
		c.say(state.head, "n", i18n.Number(c.lang, n))
		letters, err := s.Letters(ctx, state.name, lettersShown)
		if err != nil {
			return err
		}
		for _, l := range letters {
			c.printLetter(l)
		}
	}
	return nil
}

// printLetter prints whom a letter is for, how often it was tried and why it was
// not sent.
func (c *call) printLetter(l store.Letter) {
	c.say("mailing.letter", "put", c.minute(l.PutAt), "to", printable(l.To), "kind", l.Kind, "attempts", c.number(l.Attempts))
	if l.Failure != "" {
		cause := ""
		if l.Cause != "" {
			cause = " (" + printable(l.Cause) + ")"
		}
		fmt.Fprintf(c.out, "    %s%s\n", c.T(l.Failure), cause)
	}
	if l.State == store.LetterWaiting && l.Attempts > 0 {
		c.say("mailing.again", "at", c.minute(l.DueAt))
	}
}

// minute writes a moment in Europe/Prague.
func (t *tool) minute(at time.Time) string {
	return i18n.Day(t.lang, at) + " " + at.In(i18n.Prague).Format("15:04")
}
