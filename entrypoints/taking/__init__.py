"""Taking in spreadsheets: kept between steps, columns named, every row judged before it counts."""
