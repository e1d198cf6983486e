package io.switchboard.ingestion.parsing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.LockSupport;

/** A parser process that does what the file's name says, as one would that a file has got the better of. */
public final class MisbehavingParser {

    private MisbehavingParser() {}

    public static void main(String[] arguments) throws IOException {
        DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in));
        DataOutputStream out = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        out.writeByte(Wire.GREETING);
        while (true) {
            Wire.Request request = Wire.readRequest(in);
            Wire.copy(in, OutputStream.nullOutputStream(), request.size());
            switch (request.name()) {
                case "hang.txt" -> {
                    while (true) {
                        LockSupport.park();
                    }
                }
                case "eat.txt" -> {
                    byte[][] eaten = new byte[1 << 20][];
                    for (int i = 0; i < eaten.length; i++) {
                        eaten[i] = new byte[1 << 20];
                    }
                }
                case "die.txt" -> Runtime.getRuntime().halt(134);
                case "babble.txt" -> {
                    out.write(new byte[] {'B', 0, 1, 'X', 0, 0, 0, 0, 1, 'x'});
                    out.flush();
                }
                case "environment.txt" -> {
                    Wire.writeBlock(
                            out,
                            new Block(Block.Kind.PARAGRAPH, 0, System.getenv().size() + " variables"));
                    Wire.writeEnd(out, "text/plain", "");
                }
                default -> {
                    Wire.writeBlock(out, new Block(Block.Kind.PARAGRAPH, 0, "fine"));
                    Wire.writeEnd(out, "text/plain", "");
                }
            }
        }
    }
}
