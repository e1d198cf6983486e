package io.switchboard.ingestion.parsing;

import io.switchboard.ingestion.parsing.Block.Kind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the program and its parser process say to each other: a greeting once, then requests and answers in turn. An answer is any number
 * of blocks and an end, or a problem. The reader of answers trusts nothing it reads, since a file may have taken the process over.
 */
final class Wire {

    static final int GREETING = 'S';

    private static final int BLOCK = 'B';
    private static final int END = 'E';
    private static final int PROBLEM = 'P';
    private static final int PICTURE = 'I';
    private static final int LARGEST_PICTURE = 16 << 20;
    private static final int MAX_LABEL = 500;

    private Wire() {}

    /**
     * What is to be read, and how.
     *
     * @param tesseract path of the program that reads pictures; empty: they are not read
     * @param pictureLanguage of the text in pictures, by Tesseract's name
     * @param passage whose page is to be drawn; empty: the text is to be read
     * @param deadlineMillis after which a process without a parent halts itself
     */
    record Request(
            String name,
            String mediaType,
            long size,
            int maxCharacters,
            String tesseract,
            String pictureLanguage,
            String passage,
            long deadlineMillis) {}

    static void writeRequest(DataOutputStream out, Request request, InputStream bytes) throws IOException {
        out.writeUTF(request.name());
        out.writeUTF(request.mediaType());
        out.writeLong(request.size());
        out.writeInt(request.maxCharacters());
        out.writeUTF(request.tesseract());
        out.writeUTF(request.pictureLanguage());
        out.writeUTF(request.passage());
        out.writeLong(request.deadlineMillis());
        copy(bytes, out, request.size());
        out.flush();
    }

    /** The request without its bytes, which follow. */
    static Request readRequest(DataInputStream in) throws IOException {
        return new Request(
                in.readUTF(),
                in.readUTF(),
                in.readLong(),
                in.readInt(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readLong());
    }

    static void copy(InputStream in, OutputStream out, long size) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long left = size;
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException(left + " of " + size + " bytes are missing");
            }
            out.write(buffer, 0, read);
            left -= read;
        }
    }

    static void writeBlock(DataOutputStream out, Block block) throws IOException {
        out.writeByte(BLOCK);
        out.writeUTF(block.kind().name());
        out.writeByte(block.level());
        byte[] text = block.text().getBytes(StandardCharsets.UTF_8);
        out.writeInt(text.length);
        out.write(text);
    }

    /** @param title empty if there is none */
    static void writeEnd(DataOutputStream out, String mediaType, String title) throws IOException {
        out.writeByte(END);
        out.writeUTF(label(mediaType));
        out.writeUTF(label(title));
        out.flush();
    }

    static void writeProblem(DataOutputStream out, Problem problem, String detail) throws IOException {
        out.writeByte(PROBLEM);
        out.writeUTF(problem.name());
        out.writeUTF(label(detail));
        out.flush();
    }

    static void writePicture(DataOutputStream out, int page, int pages, byte[] png) throws IOException {
        out.writeByte(PICTURE);
        out.writeInt(page);
        out.writeInt(pages);
        out.writeInt(png.length);
        out.write(png);
        out.flush();
    }

    private static ParseResult readPicture(DataInputStream in) throws IOException {
        int page = in.readInt();
        int pages = in.readInt();
        int length = in.readInt();
        if (page < 1 || pages < page || length < 0 || length > LARGEST_PICTURE) {
            throw new IOException("page " + page + " of " + pages + " with " + length + " bytes");
        }
        byte[] png = in.readNBytes(length);
        if (png.length < length) {
            throw new EOFException("picture cut off");
        }
        return new ParseResult.Pictured(page, pages, png);
    }

    private static String label(String text) {
        return text.length() <= MAX_LABEL ? text : text.substring(0, MAX_LABEL);
    }

    static ParseResult readAnswer(DataInputStream in, int maxCharacters) throws IOException {
        List<Block> blocks = new ArrayList<>();
        long characters = 0;
        while (true) {
            switch (in.readUnsignedByte()) {
                case BLOCK -> {
                    Block block = readBlock(in, maxCharacters);
                    blocks.add(block);
                    characters += block.text().length();
                    if (characters > maxCharacters) {
                        throw new IOException("more text than asked for");
                    }
                }
                case END -> {
                    String mediaType = in.readUTF();
                    String title = in.readUTF();
                    return new ParseResult.Parsed(
                            new ParsedDocument(mediaType, title.isBlank() ? null : title, blocks));
                }
                case PROBLEM -> {
                    Problem problem = constant(Problem.class, in.readUTF());
                    return new ParseResult.Unreadable(problem, in.readUTF());
                }
                case PICTURE -> {
                    return readPicture(in);
                }
                default -> throw new IOException("not an answer");
            }
        }
    }

    private static Block readBlock(DataInputStream in, int maxCharacters) throws IOException {
        Kind kind = constant(Kind.class, in.readUTF());
        int level = in.readUnsignedByte();
        int length = in.readInt();
        if (length < 0 || length > 4L * maxCharacters) {
            throw new IOException("block of " + length + " bytes");
        }
        byte[] text = in.readNBytes(length);
        if (text.length < length) {
            throw new EOFException("block cut off");
        }
        try {
            return new Block(kind, level, new String(text, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new IOException("not a block", e);
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String name) throws IOException {
        try {
            return Enum.valueOf(type, name);
        } catch (IllegalArgumentException e) {
            throw new IOException("not a " + type.getSimpleName(), e);
        }
    }
}
