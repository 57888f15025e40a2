package twister.faults;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files of this machine, seen through a [Fault] that may refuse, delay or end whatever changes
/// them.
///
/// Paths that are made of one of its paths are its own, so that a program which is given one as its
/// folder meets the fault everywhere below.
public final class FaultyFiles extends FileSystemProvider {
  private final FileSystemProvider real = FileSystems.getDefault().provider();
  private final FileSystem system = new FaultySystem();
  private final Fault fault;

  private FaultyFiles(Fault fault) {
    this.fault = fault;
  }

  /// What meets a program that changes files.
  public interface Fault {
    /// Comes before each change: the creation of a file or folder, a move, a deletion, and the
    /// forcing of a file to disk.
    ///
    /// @param change what is about to be done, in a word
    /// @throws IOException instead of the change
    void before(String change, Path path) throws IOException;

    /// Comes before bytes are written.
    ///
    /// @return how many of them are written before the next call
    /// @throws IOException if none is
    default int writable(Path path, int bytes) throws IOException {
      before("write", path);
      return bytes;
    }
  }

  /// A path that leads to the same place through a fault.
  public static Path through(Fault fault, Path path) {
    return new FaultyPath(new FaultyFiles(fault).system, path);
  }

  private static Path real(Path path) {
    return FaultyPath.real(path);
  }

  private Path faulty(Path path) {
    return new FaultyPath(system, path);
  }

  private void before(String change, Path path) throws IOException {
    fault.before(change, real(path));
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  private static boolean isWriting(Set<? extends OpenOption> options) {
    return options.contains(StandardOpenOption.WRITE)
        || options.contains(StandardOpenOption.APPEND);
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    if (!isWriting(options)) {
      return real.newFileChannel(real(path), options, attributes);
    }
    before("open", path);
    return new FaultyChannel(
        real.newFileChannel(real(path), options, attributes), real(path), fault);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return isWriting(options)
        ? newFileChannel(path, options, attributes)
        : real.newByteChannel(real(path), options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> entries = real.newDirectoryStream(real(folder), _ -> true);
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        Iterator<Path> all = entries.iterator();
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            return all.hasNext();
          }

          @Override
          public Path next() {
            return folder.resolve(all.next().getFileName().toString());
          }
        };
      }

      @Override
      public void close() throws IOException {
        entries.close();
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    before("create", folder);
    real.createDirectory(real(folder), attributes);
  }

  @Override
  public void delete(Path path) throws IOException {
    before("delete", path);
    real.delete(real(path));
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) throws IOException {
    before("copy", target);
    real.copy(real(source), real(target), options);
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    before("move", target);
    real.move(real(source), real(target), options);
  }

  @Override
  public boolean isSameFile(Path one, Path other) throws IOException {
    return real.isSameFile(real(one), real(other));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return real.isHidden(real(path));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return real.getFileStore(real(path));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    real.checkAccess(real(path), modes);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return real.getFileAttributeView(real(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return real.readAttributes(real(path), type, options);
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options)
      throws IOException {
    return real.readAttributes(real(path), attributes, options);
  }

  @Override
  public void setAttribute(Path path, String attribute, Object value, LinkOption... options)
      throws IOException {
    before("change", path);
    real.setAttribute(real(path), attribute, value, options);
  }

  /// The file system that the paths say they are of.
  private final class FaultySystem extends FileSystem {
    private final FileSystem all = FileSystems.getDefault();

    @Override
    public FileSystemProvider provider() {
      return FaultyFiles.this;
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public String getSeparator() {
      return all.getSeparator();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      return all.getRootDirectories();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      return all.getFileStores();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return all.supportedFileAttributeViews();
    }

    @Override
    public Path getPath(String first, String... more) {
      return faulty(all.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      PathMatcher matcher = all.getPathMatcher(pattern);
      return path -> matcher.matches(real(path));
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      return all.getUserPrincipalLookupService();
    }

    @Override
    public WatchService newWatchService() throws IOException {
      return all.newWatchService();
    }
  }
}
