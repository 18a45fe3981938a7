// Package coverage measures how soon the matrix of coverage answers, beside the
// same question in SQL on both engines of the product in the same run: `make
// bench-coverage`. All of it is a benchmark and needs PostgreSQL.
package coverage
