package main

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// tally counts columns that have a target in the gold table.
type tally struct{ right, wrong, unsure int }

func (t tally) all() int { return t.right + t.wrong + t.unsure }

func sum(files []tally) tally {
	var t tally
	for _, f := range files {
		t.right, t.wrong, t.unsure = t.right+f.right, t.wrong+f.wrong, t.unsure+f.unsure
	}
	return t
}

// fewFiles is the number of files below which drawing among them says nothing.
const fewFiles = 5

// figures are the tallies of files.
type figures []tally

const heading = "  right   95 % interval    wrong  not sure  columns files"

func (files figures) String() string {
	t := sum(files)
	n := float64(t.all())
	if n == 0 {
		return "no columns"
	}
	low, high := files.interval()
	return fmt.Sprintf("%5.1f %%  %5.1f–%5.1f %%  %5.1f %%  %5.1f %%  %4d of %-4d %3d",
		100*float64(t.right)/n, 100*low, 100*high, 100*float64(t.wrong)/n, 100*float64(t.unsure)/n, t.right, t.all(), len(files))
}

// interval is where the share of right columns would be in 95 of 100 samples of
// such lists: the wider of Wilson's, which takes columns as independent, and of
// one by drawing whole files, since the columns of a file are right or wrong
// together. Few files say little, and only the former holds.
func (files figures) interval() (low, high float64) {
	t := sum(files)
	n, p := float64(t.all()), float64(t.right)/float64(t.all())
	const z = 1.96
	middle, half := (p+z*z/(2*n))/(1+z*z/n), z/(1+z*z/n)*math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	low, high = middle-half, middle+half
	if len(files) < fewFiles {
		return low, high
	}
	drawnLow, drawnHigh := byDrawing(len(files), func(drawn []int) float64 {
		var t tally
		for _, i := range drawn {
			t = sum([]tally{t, files[i]})
		}
		return float64(t.right) / float64(max(1, t.all()))
	})
	return min(low, drawnLow), max(high, drawnHigh)
}

// byDrawing is where a figure of n files is in 95 of 100 draws of as many files
// with return.
func byDrawing(n int, figure func(drawn []int) float64) (low, high float64) {
	const draws = 2000
	r := rand.New(rand.NewPCG(1, 2))
	values, drawn := make([]float64, draws), make([]int, n)
	for i := range values {
		for j := range drawn {
			drawn[j] = r.IntN(n)
		}
		values[i] = figure(drawn)
	}
	slices.Sort(values)
	return values[draws/40], values[draws-draws/40-1]
}
