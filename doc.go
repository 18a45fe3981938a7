// Package atlas holds the words of the domain: the types, code lists, rules
// and kinds of errors that every other package speaks of. It does no input or
// output and imports nothing but the standard library.
//
// Words follow the glossary (docs/GLOSSARY.md); numbers such as 6.1 or CL-11
// name chapters and code lists of the domain specification.
package atlas
