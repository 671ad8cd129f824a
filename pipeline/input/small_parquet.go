package input

import (
	"errors"
	"fmt"
	"io"
	"math/big"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/shopspring/decimal"

	"leadline/schemas"
)

// readParquet reads a small table from Parquet. Its footer was checked before;
// a file that did not pass is left out without a second finding.
func (r *smallReader) readParquet(file File) {
	d, err := readFooter(file.Path)
	if err != nil || !r.acceptable(file, d) {
		r.broken = true
		return
	}
	if err := r.parquetRecords(file, d); err != nil {
		r.fileError(file, CheckTruncatedFile, "", "the pages cannot be read", "copy the file again from its source")
	}
}

func (r *smallReader) acceptable(file File, d footer) bool {
	for _, c := range r.source.Table.Columns {
		p, inFile := d.columns[c.Name]
		_, inPath := file.Partition[c.Name]
		if inFile && accept(c, p).check != "" || !inFile && !inPath && !c.Optional {
			return false
		}
		if inFile || inPath {
			r.rows.Present[c.Name] = true
		}
	}
	return true
}

const rowsAtOnce = 1024

func (r *smallReader) parquetRecords(file File, d footer) (err error) {
	f, err := os.Open(file.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("damaged pages: %v", p)
		}
	}()
	opened, err := openParquet(f, file.Size)
	if err != nil {
		return err
	}
	leaves := map[string]int{}
	for _, c := range opened.Root().Columns() {
		leaves[c.Name()] = c.Index()
	}
	row := int64(0)
	for _, group := range opened.RowGroups() {
		if err := r.rowGroup(file, d, group, leaves, &row); err != nil {
			return err
		}
	}
	return nil
}

func (r *smallReader) rowGroup(file File, d footer, group parquet.RowGroup, leaves map[string]int, row *int64) error {
	reader := group.Rows()
	defer reader.Close()
	batch := make([]parquet.Row, rowsAtOnce)
	for {
		n, err := reader.ReadRows(batch)
		for _, values := range batch[:n] {
			*row++
			r.record(file, *row, func(c schemas.Column) (any, error) {
				p, ok := d.columns[c.Name]
				if !ok {
					return nil, nil
				}
				i := slices.IndexFunc(values, func(v parquet.Value) bool { return v.Column() == leaves[c.Name] })
				if i < 0 || values[i].IsNull() {
					return nil, nil
				}
				return fromParquet(c, p, values[i])
			})
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// fromParquet turns a stored value into one of the contract's type.
func fromParquet(c schemas.Column, p physicalType, v parquet.Value) (any, error) {
	switch c.Type.Kind {
	case schemas.KindVarchar:
		return strings.TrimSpace(string(v.ByteArray())), nil
	case schemas.KindBoolean:
		return v.Boolean(), nil
	case schemas.KindDate:
		return time.Unix(0, 0).UTC().AddDate(0, 0, int(v.Int32())), nil
	case schemas.KindInteger, schemas.KindBigint:
		return unscaled(v).Int64(), nil
	case schemas.KindDecimal:
		return fitDecimal(c.Type, decimal.NewFromBigInt(unscaled(v), -int32(p.scale)))
	}
	return nil, badCell("cannot be read as "+c.Type.SQL(), "")
}

// unscaled reads an integer from any of the physical types that a decimal may
// have; byte arrays hold it big-endian in two's complement.
func unscaled(v parquet.Value) *big.Int {
	switch v.Kind() {
	case parquet.Int32:
		return big.NewInt(int64(v.Int32()))
	case parquet.Int64:
		return big.NewInt(v.Int64())
	}
	b := v.ByteArray()
	n := new(big.Int).SetBytes(b)
	if len(b) > 0 && b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
	}
	return n
}
