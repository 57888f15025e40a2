package twister.spec;

/// A column of a table.
public sealed interface TableColumn {

  /// The column that the first row of the table names so.
  record Named(String name) implements TableColumn {
    public Named {
      if (name.isBlank()) {
        throw new IllegalArgumentException("column: expected a name, got none");
      }
    }
  }

  /// A column of a table whose first row is one like the others.
  ///
  /// @param number from 1
  record Numbered(int number) implements TableColumn {
    public Numbered {
      if (number < 1) {
        throw new IllegalArgumentException("column: expected a whole number from 1, got " + number);
      }
    }
  }
}
