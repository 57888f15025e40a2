package twister.tracking;

/// Rows that hold nothing but numbers, appended to the text of a CSV file.
///
/// They are the bytes that [org.apache.commons.csv.CSVPrinter] prints in the dialect of [Csv],
/// which quotes no number. For a million numbers of a sweep its way through objects and checks of
/// each letter takes longer than the digits. Whatever holds text goes through the library.
final class NumberRows {
  private final StringBuilder text;
  private boolean isRowBegun;

  /// @param text which ends with a whole line
  NumberRows(StringBuilder text) {
    this.text = text;
  }

  /// The next number of the row.
  NumberRows add(int number) {
    separate();
    text.append(number);
    return this;
  }

  /// The next number of the row, with the digits of [Double#toString].
  NumberRows add(double number) {
    separate();
    text.append(number);
    return this;
  }

  /// The next number of the row, which was written before.
  ///
  /// @param digits as the other methods write them
  NumberRows add(String digits) {
    separate();
    text.append(digits);
    return this;
  }

  private void separate() {
    if (isRowBegun) {
      text.append(',');
    }
    isRowBegun = true;
  }

  /// Ends the row.
  void end() {
    text.append('\n');
    isRowBegun = false;
  }
}
