package route

// Pages of coverage (pokrytí).
const (
	Coverage = "/pokryti"
)
