#!/bin/sh
# Install aegui for the person who runs this, or remove it again. Needs no root.
#
#     ./install.sh                install, or put this version in the place of an older one
#     ./install.sh --uninstall    remove what was installed; runs and settings stay
#
# The program goes below XDG_DATA_HOME (usually ~/.local/share), a link to it into ~/.local/bin,
# and beside them what menus and file managers read. What had to be made is written down, so that
# it alone is removed.
set -eu

data=${XDG_DATA_HOME:-$HOME/.local/share}
# The folder "aegui" there has the person's own runs.
program=$data/aegui-program
link=$HOME/.local/bin/aegui
entry=$data/applications/aegui.desktop
mime=$data/mime
icons=$data/icons/hicolor
made=$program/made-folders

fail() {
    printf 'install.sh: %s\n' "$1" >&2
    exit 1
}

# Make a folder and those above it, and note which were not there, the outermost first.
make_folder() {
    [ -d "$1" ] && return
    make_folder "$(dirname "$1")"
    mkdir "$1" || fail "$1 cannot be made"
    printf '%s\n' "$1" >>"$noted"
}

# A path as the Exec line of a desktop entry wants it: quoted, with two kinds of escapes.
in_exec() {
    printf '%s' "$1" | sed -e 's/["`$\\]/\\&/g' -e 's/\\/\\\\/g' -e 's/%/%%/g'
}

# Tell menus and file managers that something changed, where their tools are installed.
refresh() {
    if [ -d "$mime/packages" ] && command -v update-mime-database >/dev/null; then
        update-mime-database "$mime" || true
    fi
    if [ -d "$data/applications" ] && command -v update-desktop-database >/dev/null; then
        update-desktop-database -q "$data/applications" || true
    fi
    # Its time tells a kept list of icons that it is out of date.
    if [ -d "$icons" ]; then touch "$icons"; fi
}

write_entry() {
    cat >"$entry" <<END
[Desktop Entry]
Type=Application
Name=aegui
GenericName=Autoencoder laboratory
Comment=Train autoencoders, look inside, draw a digit and see it rebuilt
Exec="$(in_exec "$program/aegui")" %f
Icon=aegui
Terminal=false
Categories=Education;ArtificialIntelligence;
MimeType=application/x-aegui-run;
StartupWMClass=aegui
END
}

write_mime() {
    cat >"$mime/packages/aegui.xml" <<END
<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/x-aegui-run">
    <comment>aegui run</comment>
    <sub-class-of type="application/zip"/>
    <glob pattern="*.aegui"/>
    <icon name="aegui"/>
  </mime-type>
</mime-info>
END
}

write_icons() {
    for picture in "$program"/icons/*.png; do
        size=$(basename "$picture" .png)
        make_folder "$icons/${size}x$size/apps"
        cp "$picture" "$icons/${size}x$size/apps/aegui.png"
    done
    make_folder "$icons/scalable/apps"
    cp "$program/icons/scalable.svg" "$icons/scalable/apps/aegui.svg"
}

install() {
    from=$(cd "$(dirname "$0")" && pwd)
    [ "$from" != "$program" ] || fail "this is the installed aegui; run the install.sh of a new one"
    [ -x "$from/aegui" ] || fail "$from/aegui is missing; unpack the whole archive"
    if [ -e "$link" ] || [ -L "$link" ]; then
        [ "$(readlink "$link" || true)" = "$program/aegui" ] ||
            fail "$link is there already and is another program; move it away"
    fi
    # The old version goes only when the new one has been copied as a whole.
    noted=$(mktemp)
    trap 'rm -f "$noted"; rm -rf "$program.part"' EXIT
    make_folder "$data"
    rm -rf "$program.part"
    cp -R "$from" "$program.part" || fail "$program.part cannot be written"
    chmod -R u+w "$program.part"
    if [ -d "$program" ]; then
        [ ! -f "$made" ] || cat "$made" >>"$noted"
        remove_files
    fi
    mv "$program.part" "$program"
    make_folder "$(dirname "$link")"
    ln -s "$program/aegui" "$link"
    make_folder "$(dirname "$entry")"
    write_entry
    make_folder "$mime/packages"
    write_mime
    write_icons
    # A shell's pattern sorts nothing: the outermost folder has the shortest path.
    awk '!seen[$0]++' "$noted" >"$made"
    refresh
    printf 'aegui is installed in %s.\n' "$program"
    case ":$PATH:" in
    *":$HOME/.local/bin:"*) echo 'Start it from the menu, or as: aegui' ;;
    *) printf 'Start it from the menu, or as: %s\n' "$link" ;;
    esac
}

remove_files() {
    if [ "$(readlink "$link" || true)" = "$program/aegui" ]; then rm "$link"; fi
    rm -f "$entry" "$mime/packages/aegui.xml" "$icons/scalable/apps/aegui.svg"
    for picture in "$program"/icons/*.png; do
        size=$(basename "$picture" .png)
        rm -f "$icons/${size}x$size/apps/aegui.png"
    done
    rm -rf "$program"
}

# Remove lists that tools have made, where nothing is left to be listed in them.
remove_lists() {
    if was_made "$mime" && [ -z "$(ls "$mime/packages")" ]; then rm -rf "$mime"; fi
    list=$data/applications/mimeinfo.cache
    if [ -f "$list" ] && [ "$(wc -l <"$list")" -le 1 ]; then rm "$list"; fi
}

was_made() {
    printf '%s\n' "$folders" | grep -qxF "$1"
}

uninstall() {
    [ -d "$program" ] || fail "there is no aegui in $program"
    folders=$(cat "$made")
    remove_files
    refresh
    remove_lists
    # The innermost first; what somebody else has put something into stays.
    printf '%s\n' "$folders" | sed '1!G;h;$!d' | while IFS= read -r folder; do
        rmdir "$folder" 2>/dev/null || true
    done
    echo 'aegui is removed. Your runs and settings, if there are any, are still where they were.'
}

main() {
    case ${1-} in
    '') install ;;
    --uninstall) uninstall ;;
    *) fail "'$1' is not known; accepted is --uninstall, or nothing" ;;
    esac
    # The shell must not read on in a file that was just removed.
    exit 0
}

main "$@"
