package atlas

// Viewer is who asks. Below the web layer it is a parameter, never a context
// value.
type Viewer struct {
	Name  string // how writes are signed: "", "správce", "demo"
	Lang  string // "cs" or "en"
	Write bool   // may change records
}

// Actions that permission is asked for.
const (
	ActRead  = "read"
	ActWrite = "write"
)

// Can is the permission table (chapter 11). Until accounts exist there are two
// kinds of people: readers, who see what is published, and the one editor of a
// loopback instance.
func Can(v Viewer, action string, m Meta) bool {
	switch action {
	case ActRead:
		return v.Write || m.Public() || m.RecordStatus == RecordMerged
	case ActWrite:
		return v.Write
	}
	return false
}
