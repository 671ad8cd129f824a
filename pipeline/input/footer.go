package input

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"sort"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// footer is what a Parquet file tells about itself.
type footer struct {
	rows     int64
	firstRow []int64 // of each row group, counted from 0
	columns  map[string]physicalType
	bounds   map[string]bounds
	order    []string // the columns as the file has them
}

// A footerError is a file that is not a whole, plain Parquet file.
type footerError struct{ check, message, remedy string }

func (e footerError) Error() string { return e.message }

const (
	magic          = "PAR1"
	magicEncrypted = "PARE"
	smallestFile   = 12 // both magics and the footer's length
)

// readFooter reads a file's footer and no page.
func readFooter(path string) (footer, error) {
	f, err := os.Open(path)
	if err != nil {
		return footer{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return footer{}, err
	}
	if err := checkMagic(f, info.Size()); err != nil {
		return footer{}, err
	}
	file, err := openParquet(f, info.Size())
	if err != nil {
		return footer{}, footerError{CheckTruncatedFile, "the footer cannot be read", "copy the file again from its source"}
	}
	return describeFooter(file.Metadata(), info.Size())
}

// checkMagic tells what a file is from its first and last bytes.
func checkMagic(f io.ReaderAt, size int64) error {
	head, tail := make([]byte, len(magic)), make([]byte, len(magic))
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	switch {
	case size == 0:
		return footerError{CheckTruncatedFile, "the file is empty (0 bytes)", "copy the file again from its source"}
	case string(head[:n]) == magicEncrypted:
		return footerError{CheckEncryptedFile, "the file is encrypted", "decrypt it, or export it without encryption"}
	case string(head[:n]) != magic:
		return footerError{CheckNotParquet, "the file is not Parquet" + looksLike(head[:n]), "export the table as Parquet"}
	case size < smallestFile:
		return footerError{CheckTruncatedFile, "the file is cut off before its footer", "copy the file again from its source"}
	}
	if _, err := f.ReadAt(tail, size-int64(len(tail))); err != nil {
		return err
	}
	if string(tail) != magic {
		return footerError{CheckTruncatedFile, "the file is cut off before its footer", "copy the file again from its source"}
	}
	return nil
}

// looksLike guesses a file's format from its first bytes.
func looksLike(head []byte) string {
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return "; it looks like gzip"
	case bytes.HasPrefix(head, []byte("PK")):
		return "; it looks like a zip archive or an Excel workbook"
	case len(head) > 0 && bytes.IndexFunc(head, func(r rune) bool { return r < ' ' || r > '~' }) < 0:
		return "; it looks like text, perhaps CSV"
	}
	return ""
}

// openParquet turns a panic over a damaged footer into an error.
func openParquet(r io.ReaderAt, size int64) (file *parquet.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged footer: %v", p)
		}
	}()
	return parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
}

func describeFooter(meta *format.FileMetaData, size int64) (footer, error) {
	d := footer{rows: meta.NumRows}
	var rows int64
	for _, g := range meta.RowGroups {
		d.firstRow = append(d.firstRow, rows)
		rows += g.NumRows
		for i := range g.Columns {
			if chunkEnd(&g.Columns[i].MetaData) > size {
				return footer{}, footerError{CheckTruncatedFile, "the footer names pages beyond the end of the file", "copy the file again from its source"}
			}
		}
	}
	if rows != meta.NumRows {
		return footer{}, footerError{CheckTruncatedFile, "the footer's row groups do not add up to its rows", "copy the file again from its source"}
	}
	d.order, d.columns = describeColumns(meta.Schema)
	d.bounds = columnBounds(meta, d.columns)
	return d, nil
}

func chunkEnd(c *format.ColumnMetaData) int64 {
	start := c.DataPageOffset
	if c.DictionaryPageOffset > 0 && c.DictionaryPageOffset < start {
		start = c.DictionaryPageOffset
	}
	return start + c.TotalCompressedSize
}

// rowGroupOf tells which row group (from 1) holds a row (from 0).
func rowGroupOf(firstRow []int64, row int64) int {
	return sort.Search(len(firstRow), func(i int) bool { return firstRow[i] > row })
}
