package route

import "net/url"

// Parameters of the form of a new project: what it follows on, and that the whole
// form is asked for in place of the short one.
const (
	ParamFollows = "navazuje"
	ParamWhole   = "cele"
)

// ProjectFollowing is the whole form of a new project that follows another one.
func ProjectFollowing(lang, id string) string {
	return WithQuery(In(lang, ProjectNew), url.Values{ParamFollows: {id}, ParamWhole: {"1"}}.Encode())
}
