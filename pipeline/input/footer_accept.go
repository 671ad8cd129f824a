package input

import (
	"fmt"

	"leadline/schemas"
)

// int64Digits is the widest decimal that an extract may use: eighteen digits
// are what a 64-bit integer holds.
const int64Digits = 18

// refusal says why a column's type will not do, and what to do about it. The
// zero refusal accepts.
type refusal struct{ check, message, remedy string }

// accept holds a file's type against the contract's. It takes what can be
// read without loss and nothing else.
func accept(c schemas.Column, p physicalType) refusal {
	switch c.Type.Kind {
	case schemas.KindVarchar:
		return acceptText(c, p)
	case schemas.KindInteger, schemas.KindBigint:
		if p.family == familyInteger || p.family == familyUnsigned && p.bits < 64 {
			return refusal{}
		}
	case schemas.KindBoolean:
		if p.family == familyBoolean {
			return refusal{}
		}
	case schemas.KindDate:
		return acceptDate(c, p)
	case schemas.KindDecimal:
		return acceptDecimal(c, p)
	case schemas.KindVarcharList:
		if p.family == familyTextList {
			return refusal{}
		}
	}
	return wrongType(c, p, "")
}

func acceptText(c schemas.Column, p physicalType) refusal {
	switch p.family {
	case familyText:
		return refusal{}
	case familyInteger, familyUnsigned, familyFloat, familyDecimal:
		return refusal{
			CheckNumericID,
			fmt.Sprintf("%s is %s, but an identifier is text: leading zeros are already lost", c.Name, p.name),
			"export the column as text from the source, not from a numeric copy",
		}
	case familyBytes:
		return wrongType(c, p, "write the column as STRING (UTF8)")
	}
	return wrongType(c, p, "")
}

func acceptDate(c schemas.Column, p physicalType) refusal {
	switch p.family {
	case familyDate:
		return refusal{}
	case familyTimestamp:
		return wrongType(c, p, "cast it to DATE in the time zone in which it was recorded: a time of day can move the day")
	}
	return wrongType(c, p, "")
}

func acceptDecimal(c schemas.Column, p physicalType) refusal {
	money := c.Type == schemas.Money
	switch {
	case p.family == familyFloat && money:
		return wrongType(c, p, "floating point does not hold cents exactly; export it as "+c.Type.SQL())
	case p.family == familyFloat:
		return wrongType(c, p, "floating point is not exact; export it as "+c.Type.SQL())
	case p.family == familyInteger && money:
		return wrongType(c, p, "whole numbers may be dollars or cents; export it as "+c.Type.SQL()+" dollars")
	case p.family == familyInteger:
		return refusal{}
	case p.family != familyDecimal:
		return wrongType(c, p, "")
	case p.precision > int64Digits:
		return wrongType(c, p, fmt.Sprintf("use at most %d digits, as %s", int64Digits, c.Type.SQL()))
	case money && p.scale != c.Type.Scale:
		return wrongType(c, p, "amounts are dollars with two decimals; export it as "+c.Type.SQL())
	case p.scale > c.Type.Scale:
		return wrongType(c, p, fmt.Sprintf("use at most %d decimals", c.Type.Scale))
	}
	return refusal{}
}

func wrongType(c schemas.Column, p physicalType, remedy string) refusal {
	if remedy == "" {
		remedy = "export it as " + c.Type.SQL()
	}
	return refusal{CheckWrongType, fmt.Sprintf("%s is %s, want %s", c.Name, p.name, c.Type.SQL()), remedy}
}
