package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
)

// list is a Participant TIN list. Changed lists are written beside each other,
// each under a name of its own.
type list struct {
	header    []string
	rows, now [][]string // as generated, and as last changed
	january   string     // the first day of the performance year
	random    *rand.Rand
	written   int
}

func readList(x extract) (l list, err error) {
	path := x.path("participant_tin.csv")
	file, err := os.Open(path)
	if err != nil {
		return l, err
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return l, err
	}
	if len(rows) == 0 {
		return l, fmt.Errorf("%s holds no list: remove %s, and it is generated anew", path, x.dir)
	}
	january := fmt.Sprintf("%d-01-01", x.year)
	return list{header: rows[0], rows: rows[1:], now: rows[1:], january: january, random: rand.New(rand.NewPCG(1, 1))}, nil
}

// restore is the list as generated; what is dropped of it next is drawn anew.
func (l *list) restore() { l.now = l.rows }

// dropOne takes one more row in force out of the list and writes what is left
// to a file of the folder.
func (l *list) dropOne(folder string) (string, error) {
	inForce := l.inForce(l.now)
	if len(inForce) == 0 {
		return "", errors.New("the Participant TIN list has no row left to drop")
	}
	at := inForce[l.random.IntN(len(inForce))]
	l.now = slices.Delete(slices.Clone(l.now), at, at+1)
	return l.write(folder, l.now)
}

// some writes a list of so many rows in force.
func (l *list) some(folder string, size int) (string, error) {
	inForce := l.inForce(l.rows)
	if len(inForce) < size {
		return "", fmt.Errorf("the Participant TIN list has %d rows in force, fewer than %d", len(inForce), size)
	}
	var rows [][]string
	for _, i := range l.random.Perm(len(inForce))[:size] {
		rows = append(rows, l.rows[inForce[i]])
	}
	return l.write(folder, rows)
}

// inForce says which rows hold on 1 January and do not end: dropping another
// would move nothing.
func (l *list) inForce(rows [][]string) []int {
	begins, ends := slices.Index(l.header, "effective_date"), slices.Index(l.header, "end_date")
	var at []int
	for i, row := range rows {
		if row[begins] <= l.january && row[ends] == "" {
			at = append(at, i)
		}
	}
	return at
}

func (l *list) write(folder string, rows [][]string) (string, error) {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	l.written++
	path := filepath.Join(folder, fmt.Sprintf("participant_tin-%d.csv", l.written))
	file, err := os.Create(path)
	if err != nil {
		return "", err
	}
	err = csv.NewWriter(file).WriteAll(append([][]string{l.header}, rows...))
	return path, errors.Join(err, file.Close())
}
