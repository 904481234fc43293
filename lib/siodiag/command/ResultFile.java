package siodiag.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import siodiag.core.CannotRunException;
import siodiag.core.Text;

/** A file that a result is written to. Folders that are missing are made. */
public final class ResultFile {
    private ResultFile() {}

    /** Before any work. @throws CannotRunException where the file can't be written */
    public static void checkWritable(Path file) {
        boolean existed = Files.exists(file);
        try {
            makeFolder(file);
            Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .close();
            if (!existed) {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw cannotWrite(file, failure);
        }
    }

    /** @throws CannotRunException where it can't be written */
    public static void write(String name, String text) {
        Path file = Path.of(name);
        try {
            makeFolder(file);
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw cannotWrite(file, failure);
        }
    }

    private static void makeFolder(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    private static CannotRunException cannotWrite(Path file, IOException failure) {
        return new CannotRunException("can't write " + Text.cut(file.toString(), 200) + " ("
                + failure.getClass().getSimpleName() + "): name a file in a writable folder");
    }
}
