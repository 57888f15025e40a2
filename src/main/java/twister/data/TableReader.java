package twister.data;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import twister.spec.TableColumn;
import twister.yaml.InvalidInputException;
import twister.yaml.Mistake;
import twister.yaml.NearestName;

/// Reads a column of a table: CSV, or values separated by tabs where the file's name ends so.
///
/// @param file the file as the user named it, for messages
/// @param cells take the column's cells
/// @param notes take what is wrong with other rows
record TableReader(String file, TableColumn column, Cells cells, Notes notes) {
  private static final Pattern LINE = Pattern.compile("line:? ([0-9]{1,9})");

  private static final int LISTED_COLUMNS = 20;

  /// Takes cells.
  @FunctionalInterface
  interface Cells {
    /// Takes the next one.
    ///
    /// @param line where its row begins, from 1
    void accept(String cell, int line);
  }

  /// Takes mistakes.
  @FunctionalInterface
  interface Notes {
    /// Takes one of a line, or of a column in it.
    void accept(int line, OptionalInt column, String message);
  }

  /// Reads the column.
  ///
  /// @throws InvalidInputException if the text is no table, or has no such column
  void read(String text) throws InvalidInputException {
    try (CSVParser parser = format().parse(new StringReader(text))) {
      Iterator<CSVRecord> rows = parser.iterator();
      int line = 1;
      if (!rows.hasNext()) {
        return;
      }
      CSVRecord first = rows.next();
      int place = place(first);
      if (column instanceof TableColumn.Numbered) {
        cells.accept(first.get(place), line);
      }
      for (line = next(parser); rows.hasNext(); line = next(parser)) {
        take(rows.next(), first.size(), place, line);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidInputException(brokenQuotes(String.valueOf(e.getMessage())));
    }
  }

  /// A table is broken by quotes only, and the library says in which line.
  private Mistake brokenQuotes(String reason) {
    Matcher line = LINE.matcher(reason);
    OptionalInt number =
        line.find() ? OptionalInt.of(Integer.parseInt(line.group(1))) : OptionalInt.empty();
    String problem =
        reason.contains("EOF")
            ? "a quote opens a cell here, and is never closed"
            : "something stands between the quote that closes a cell and the next separator";
    return new Mistake(
        file,
        number,
        OptionalInt.empty(),
        "is not CSV: %s; write a quote inside of a cell twice".formatted(problem));
  }

  /// The line in which the next row begins, which is not read yet.
  private static int next(CSVParser parser) {
    return Math.toIntExact(parser.getCurrentLineNumber()) + 1;
  }

  private CSVFormat format() {
    CSVFormat.Builder builder = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false);
    return isOfTabs() ? builder.setDelimiter('\t').get() : builder.get();
  }

  private boolean isOfTabs() {
    return file.toLowerCase(Locale.ROOT).endsWith(".tsv");
  }

  private void take(CSVRecord row, int width, int place, int line) {
    boolean isEmpty = row.size() == 1 && row.get(0).isEmpty();
    if (isEmpty) {
      cells.accept("", line);
    } else if (row.size() == width) {
      cells.accept(row.get(place), line);
    } else {
      String whole = column instanceof TableColumn.Named ? "the header" : "the first row";
      notes.accept(
          line,
          OptionalInt.empty(),
          "has %,d %s, but %s has %,d; quotes keep a cell with a separator together"
              .formatted(row.size(), row.size() == 1 ? "cell" : "cells", whole, width));
    }
  }

  /// Where the column is, from 0.
  private int place(CSVRecord first) throws InvalidInputException {
    return switch (column) {
      case TableColumn.Named(String name) -> place(name, first.toList());
      case TableColumn.Numbered(int number) -> {
        if (number > first.size()) {
          throw mistake(
              "has no column %,d, only %,d; %s".formatted(number, first.size(), separators()));
        }
        yield number - 1;
      }
    };
  }

  private int place(String name, List<String> header) throws InvalidInputException {
    if (Collections.frequency(header, name) > 1) {
      throw mistake("has the column \"%s\" more than once; give them other names".formatted(name));
    }
    if (!header.contains(name)) {
      throw mistake(
          "has no column \"%s\"; there %s %s"
              .formatted(name, header.size() == 1 ? "is" : "are", listed(name, header)));
    }
    return header.indexOf(name);
  }

  /// The columns that there are, the one first that was probably meant.
  private String listed(String name, List<String> header) {
    List<String> columns = new ArrayList<>(header);
    Optional<String> nearest = NearestName.of(name, header);
    nearest.ifPresent(
        meant -> {
          columns.remove(meant);
          columns.addFirst(meant);
        });
    int more = columns.size() - LISTED_COLUMNS;
    String some =
        columns.stream()
            .limit(LISTED_COLUMNS)
            .map("\"%s\""::formatted)
            .collect(Collectors.joining(", "));
    return more > 0
        ? "%s and %,d more".formatted(some, more)
        : columns.size() > 1 ? some : some + "; " + separators();
  }

  private String separators() {
    return isOfTabs()
        ? "tabs separate columns, as the file's name ends with .tsv"
        : "commas separate columns, and tabs in files whose name ends with .tsv";
  }

  private InvalidInputException mistake(String message) {
    return new InvalidInputException(
        new Mistake(file, OptionalInt.of(1), OptionalInt.empty(), "data.column: " + message));
  }
}
