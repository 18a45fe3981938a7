package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"regexp"
	"strings"

	gomail "github.com/wneessen/go-mail"
)

// Failure is why a letter was not handed over.
type Failure struct {
	// Key of the message of this package that says it to an administrator:
	// "mail.failed.auth".
	Key string
	// Permanent says that trying again would change nothing.
	Permanent bool
	Code      int // of the server's answer: 550; 0 when there was none
	// Cause in words of the server or of the network. It may name the address of
	// the recipient, so it does not belong in a log.
	Cause error
}

func (f *Failure) Error() string { return fmt.Sprintf("%s: %v", f.Key, f.Cause) }

func (f *Failure) Unwrap() error { return f.Cause }

// failureOf puts an error of sending in its place. Only what the server says of
// this letter for good is permanent. A wrong password, certificate or sender is
// the fault of a setting: letters wait until somebody puts it right.
func failureOf(err error) *Failure {
	var known *Failure
	if errors.As(err, &known) {
		return known
	}
	f := &Failure{Key: "mail.failed.broken", Code: codeOf(err), Cause: err}
	var sending *gomail.SendError
	switch {
	case errors.As(err, &sending) && f.Code >= 500:
		f.refused(sending.Reason)
	case f.Code >= 400:
		f.Key = "mail.failed.later"
	case late(err):
		f.Key = "mail.failed.timeout"
	}
	return f
}

// refused reads an answer 5xx by what it answers.
func (f *Failure) refused(reason gomail.SendErrReason) {
	switch {
	case f.Code == 530 || f.Code == 534 || f.Code == 535 || f.Code == 538:
		f.Key = "mail.failed.auth"
	case reason == gomail.ErrSMTPMailFrom && strings.Contains(f.Cause.Error(), "5.7.0"): // security, not the address
		f.Key = "mail.failed.auth"
	case reason == gomail.ErrSMTPMailFrom:
		f.Key = "mail.failed.sender"
	case reason == gomail.ErrSMTPRcptTo:
		f.Key, f.Permanent = "mail.failed.recipient", true
	default:
		f.Key, f.Permanent = "mail.failed.refused", true
	}
}

func late(err error) bool {
	var network net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, os.ErrDeadlineExceeded) ||
		errors.As(err, &network) && network.Timeout()
}

var answer = regexp.MustCompile(`(?:^|: )([45]\d\d)[ -]`)

// codeOf is the number that the server's answer begins with; 0 when the error is
// none of the server.
func codeOf(err error) int {
	var sending *gomail.SendError
	if errors.As(err, &sending) {
		return sending.ErrorCode()
	}
	if m := answer.FindStringSubmatch(err.Error()); m != nil {
		return int(m[1][0]-'0')*100 + int(m[1][1]-'0')*10 + int(m[1][2]-'0')
	}
	return 0
}
