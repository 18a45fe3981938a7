// Package arch holds the test that every package imports only what the table
// in docs/ARCHITECTURE.md lets it.
package arch
