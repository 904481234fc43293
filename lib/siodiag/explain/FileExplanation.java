package siodiag.explain;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import siodiag.core.CannotRunException;
import siodiag.core.Text;
import siodiag.passive.PassiveExamination;
import siodiag.passive.PassiveResult;
import siodiag.report.Result;
import siodiag.traffic.Traffic;

/** What a recorded session shows: the examination of {@code tap}, offline. */
final class FileExplanation {
    private FileExplanation() {}

    /** @throws CannotRunException where the file can't be read */
    static Result of(Path file, String command) {
        Instant start = Instant.now();
        PassiveExamination examination = new PassiveExamination();
        try {
            RecordFile record = RecordFile.read(file, examination::on).orElse(null);
            URI server = record == null ? har(file, examination) : record.server();
            Result.Run run = new Result.Run("explain", command, start, Duration.between(start, Instant.now()), false);
            return PassiveResult.of(
                    run,
                    examination,
                    server == null ? file.toUri() : server,
                    null,
                    Set.of(),
                    Set.of(),
                    examination.lastAt());
        } catch (IOException failure) {
            throw new CannotRunException("can't read " + Text.cut(file.toString(), 200) + ": " + failure.getMessage());
        }
    }

    private static URI har(Path file, PassiveExamination examination) throws IOException {
        return HarFile.read(file, new Traffic(examination::on)).server();
    }
}
