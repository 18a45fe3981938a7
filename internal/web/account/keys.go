package account

import (
	"encoding/json"
	"errors"
	"net/http"

	"atlas/internal/app"
	"atlas/internal/store"
	"atlas/internal/web/page"
	"atlas/internal/web/route"
)

// keysPage lists passkeys. Adding one needs a script; all else does not.
type keysPage struct {
	frame
	Keys []key
	Name field
}

type key struct {
	URL, Name, Added, Used string
	Field                  field
}

func (a *area) keys(q *request) error {
	return a.showKeys(q, q.frame("mine.keys.title", route.AccountKeys))
}

func (a *area) showKeys(q *request, f frame) error {
	own, err := a.self.Own(q.Context(), q.Visit)
	if err != nil {
		return err
	}
	p := keysPage{frame: f, Keys: q.keysOf(own.Passkeys)}
	p.Name = q.field(&p.frame, "key_name", "text", "off")
	return q.Render(f.status(), "account/keys", p)
}

func (q *request) keysOf(all []store.Passkey) []key {
	var out []key
	for _, k := range all {
		id := "f-" + k.ID
		out = append(out, key{
			URL: route.In(q.Lang, route.Fill(route.AccountKey, k.ID)), Name: k.Name, Added: q.moment(k.AddedAt), Used: q.moment(k.UsedAt),
			Field: field{Name: "key_name", ID: id, Kind: "text", Auto: "off", Label: q.T("mine.field.key_name"), Value: k.Name},
		})
	}
	return out
}

// beginKey gives the script what the browser needs to make a passkey; where a
// fresh proof is needed, the address at which it is given.
func (a *area) beginKey(q *request) error {
	var said struct {
		Options json.RawMessage `json:"options,omitempty"`
		Next    string          `json:"next,omitempty"`
		Error   string          `json:"error,omitempty"`
	}
	options, secret, err := a.self.BeginKey(q.Context(), q.who)
	var f frame
	status := http.StatusOK
	switch {
	case errors.Is(err, app.ErrUnproved):
		said.Next = route.AccountProving(q.Lang, route.In(q.Lang, route.AccountKeys))
	case err != nil && f.wrong(q, err):
		status, said.Error = http.StatusUnprocessableEntity, f.Flaws[0].Text
	case err != nil:
		return err
	default:
		said.Options = options
		q.KeepCeremony(secret)
	}
	body, err := json.Marshal(said)
	if err != nil {
		return err
	}
	q.W.Header().Set("Content-Type", "application/json")
	q.W.WriteHeader(status)
	_, err = q.W.Write(body)
	return err
}

// addKey takes what the browser made, which the script has put into the form.
func (a *area) addKey(q *request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	codes, err := a.self.AddKey(q.Context(), q.who, q.TakeCeremony(), []byte(q.PostForm.Get("odpoved")), q.typed("key_name"))
	switch {
	case err != nil:
		return a.keysWrong(q, err)
	case len(codes) > 0:
		return a.showRecovery(q, codes, "mine.keys.done")
	}
	return q.done("mine.keys.done", route.AccountKeys)
}

func (a *area) keysWrong(q *request, err error) error {
	f := q.frame("mine.keys.title", route.AccountKeys)
	f.values["key_name"] = q.typed("key_name")
	if !f.wrong(q, err) {
		return err
	}
	return a.showKeys(q, f)
}

// changeKey renames a passkey or removes it.
func (a *area) changeKey(q *request) error {
	if err := q.ReadForm(); err != nil {
		return err
	}
	done, err := "mine.keys.renamed", error(nil)
	if q.PostForm.Get("akce") == "odebrat" {
		done, err = "mine.keys.removed", a.self.RemoveKey(q.Context(), q.who, q.PathValue("id"))
	} else {
		err = a.self.RenameKey(q.Context(), q.who, q.PathValue("id"), q.typed("key_name"))
	}
	if errors.Is(err, app.ErrUnproved) {
		return q.Redirect(route.AccountProving(q.Lang, route.In(q.Lang, route.AccountKeys)))
	}
	if err != nil {
		return a.keysWrong(q, err)
	}
	q.Flash(page.FlashSuccess, q.T(done))
	return q.Redirect(route.In(q.Lang, route.AccountKeys))
}
