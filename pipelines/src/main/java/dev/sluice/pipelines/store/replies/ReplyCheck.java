package dev.sluice.pipelines.store.replies;

import dev.sluice.pipelines.store.Finding;
import dev.sluice.pipelines.store.StoreException;
import dev.sluice.pipelines.store.StoredFile;
import dev.sluice.pipelines.store.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at the kept replies of servers. */
public final class ReplyCheck {
  private static final String ASKED_AGAIN = "the replies from there on are asked for again";

  private ReplyCheck() {}

  /** What is wrong with segments of a workspace. */
  public static List<Finding> of(Workspace workspace) {
    List<Finding> found = new ArrayList<>();
    try {
      for (StoredFile file : workspace.files().tree(ResponseCache.FOLDER)) {
        if (file.path().endsWith(Segment.SUFFIX)) {
          segment(workspace, file.path(), found);
        }
      }
    } catch (IOException e) {
      found.add(unreadable(ResponseCache.FOLDER, e));
    }
    return found;
  }

  private static void segment(Workspace workspace, String path, List<Finding> found) {
    try {
      workspace.files().forget(path);
      Path file = workspace.files().fetch(path);
      long size = Files.size(file);
      long end = Segment.scan(file, 0, (unused, offset, record) -> {});
      if (end == size) {
        return;
      }
      found.add(
          Segment.isCut(file, end)
              ? Finding.note(
                  path,
                  "ends within a record at byte %d of %d, as a process that was killed leaves it"
                      .formatted(end, size),
                  ASKED_AGAIN)
              : Finding.damaged(
                  path,
                  "is damaged from byte %d of %d on: the record there is not what was written"
                      .formatted(end, size),
                  ASKED_AGAIN + "; 'sluice verify --repair' sets the file aside"));
    } catch (IOException e) {
      found.add(unreadable(path, e));
    }
  }

  private static Finding unreadable(String path, IOException e) {
    return Finding.lost(
        path,
        "cannot be read (" + StoreException.reason(e) + ")",
        "the replies in it are asked for again; give this user the right to read it, or look at the disk");
  }
}
