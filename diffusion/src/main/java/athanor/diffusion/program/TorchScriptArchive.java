package athanor.diffusion.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes TorchScript source as the archive that {@code torch.jit.load} reads: a ZIP of stored entries with the code, a
 * pickled module object and an empty table of constants. The module has two attributes, {@code weights} and {@code loras},
 * empty lists of tensors that the program's own methods fill, so that frozen weights never are Java arrays.
 */
final class TorchScriptArchive {

    /** Pickle, protocol 2: a tensor list with nothing in it. */
    private static final String EMPTY_LIST = "ctorch.jit._pickle\nbuild_tensorlist\n]\u0085R";

    /** Pickle, protocol 2: {@code Program()} with the state {@code {"weights": [], "loras": []}}. */
    private static final String MODULE_PICKLE = "\u0080\u0002c__torch__\nProgram\n)\u0081}("
            + "X\u0007\u0000\u0000\u0000weights" + EMPTY_LIST + "X\u0005\u0000\u0000\u0000loras" + EMPTY_LIST + "ub.";

    /** Pickle, protocol 2: an empty tuple. */
    private static final String NO_CONSTANTS = "\u0080\u0002).";

    private TorchScriptArchive() {}

    /** @param methods method definitions, indented by two blanks, of a class called {@code __torch__.Program} */
    static byte[] of(String methods) {
        String code =
                "class Program(Module):\n  __parameters__ = []\n  __buffers__ = []\n  weights : List[Tensor]\n  loras : List[Tensor]\n"
                        + methods;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "program/data.pkl", MODULE_PICKLE.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "program/code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
            store(zip, "program/constants.pkl", NO_CONSTANTS.getBytes(StandardCharsets.ISO_8859_1));
            store(zip, "program/version", "3\n".getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }
}
