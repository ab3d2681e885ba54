package dev.sluice.pipelines.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * The file operations that a workspace needs. Paths are relative to it, with slashes. Nothing here
 * locks or creates exclusively, so that object stores can stand behind it.
 */
interface FileStore {

  /** Begins a file under a name that nobody else uses, with the folders above it. */
  OutputStream create(String path) throws IOException;

  /** Makes a file that was written and closed survive a loss of power. */
  void sync(String path) throws IOException;

  /** Makes the names in a folder survive a loss of power. */
  void syncFolder(String path) throws IOException;

  /** Puts a small file in place, whole and durable; one that is there is replaced. */
  void write(String path, byte[] content) throws IOException;

  byte[] read(String path) throws IOException;

  /** Length of a file, or -1 if there is none. */
  long size(String path) throws IOException;

  /** Names in a folder, sorted; empty if there is no such folder. */
  List<String> list(String path) throws IOException;

  /** Every file below a folder, temporary ones included, by path; empty if there is no folder. */
  List<StoredFile> tree(String path) throws IOException;

  /** Removes the folders below a folder that hold no file, and itself if it holds none. */
  void deleteEmptyFolders(String path) throws IOException;

  /** Gives a file another name. */
  void rename(String from, String to) throws IOException;

  /** Deletes a file or a folder with all that it holds; nothing if it is not there. */
  void delete(String path) throws IOException;

  /** A folder on local disk, made durable with the folders above it. */
  Path folder(String path) throws IOException;

  /** The place of a file on local disk. */
  Path local(String path) throws IOException;
}
