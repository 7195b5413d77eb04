#!/usr/bin/perl
# Lets the machine outside open shells in this one, over virtio serial ports: no network, no login, no daemon that a
# runbook could meet. Each port `runbook.N` carries one shell at a time, in frames: a letter, a length of four bytes
# (big-endian) and as many bytes. line.ts is the other end.
#
#   from outside   S start: a nonce of 8 bytes, then nothing for a plain shell, or "ROWS COLUMNS COMMAND" for a terminal
#                  I bytes for the shell's stdin    E end of its stdin
#   from here      H hello: the nonce               O its stdout   R its stderr   X its exit status
#
# Every Debian has this much Perl (perl-base is essential). All modules are loaded at the start, since a runbook may
# upgrade Perl meanwhile.
use strict;
use warnings;
use Fcntl qw(F_GETFL F_SETFL F_SETOWN O_NONBLOCK O_RDWR O_ASYNC);
use Errno qw(EAGAIN EINTR);
use POSIX qw(WNOHANG setsid dup2);

use constant CHUNK => 65536;
# As much may wait for a reader; then nothing more is read for it.
use constant MOST => 262144;
use constant { TIOCSWINSZ => 0x5414, TIOCGPTN => 0x80045430, TIOCSPTLCK => 0x40045431 };

my %environment = (
    HOME => '/root', USER => 'root', LOGNAME => 'root', LANG => 'C.UTF-8', TERM => 'dumb',
    PATH => '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
);
my @ports;
my %ended;    # exit statuses by process id

# Both only interrupt the wait below.
$SIG{IO} = sub { };
$SIG{CHLD} = sub { };
$SIG{PIPE} = 'IGNORE';

sub nonblocking { my ($fh) = @_; fcntl($fh, F_SETFL, fcntl($fh, F_GETFL, 0) | O_NONBLOCK); return $fh }

# The ports that there are now, sorted by name; they come a moment after the machine started.
sub find_ports {
    for my $file (sort glob '/sys/class/virtio-ports/*/name') {
        open my $in, '<', $file or next;
        my $name = <$in> // '';
        next unless $name =~ /^runbook\./;
        my ($device) = $file =~ m{([^/]+)/name$};
        sysopen my $fh, "/dev/$device", O_RDWR | O_NONBLOCK or next;
        # The kernel tells by a signal that the other end came, went or sent something.
        fcntl($fh, F_SETOWN, $$);
        fcntl($fh, F_SETFL, O_RDWR | O_NONBLOCK | O_ASYNC);
        push @ports, { fh => $fh, in => '', out => '' };
    }
    return scalar @ports;
}

sub frame { my ($port, $kind, $bytes) = @_; $port->{out} .= pack('a1 N/a*', $kind, $bytes) }

# Ends what belongs to a port's shell here. The shell itself sees that its line is lost, and ends what it has to.
sub drop {
    my ($port) = @_;
    delete $port->{$_} for qw(pid stdin stdout stderr rest closing);
    $port->{in} = $port->{out} = '';
}

sub start {
    my ($port, $terminal) = @_;
    my ($child_in, $child_out, $child_err, $tty);
    my ($rows, $columns, $command) = (24, 80, '');
    if ($terminal) {
        ($rows, $columns, $command) = split / /, $terminal, 3;
        sysopen my $master, '/dev/ptmx', O_RDWR or return;
        # ioctl takes variables only.
        my ($unlocked, $number) = (pack('i', 0), pack('i', 0));
        ioctl($master, TIOCSPTLCK, $unlocked);
        ioctl($master, TIOCGPTN, $number);
        $tty = '/dev/pts/' . unpack('i', $number);
        # One end for both ways: it is closed when the shell has gone.
        open my $copy, '+<&', $master;
        @$port{qw(stdout stdin)} = ($master, $copy);
    } else {
        pipe $child_in, $port->{stdin};
        pipe $port->{stdout}, $child_out;
        pipe $port->{stderr}, $child_err;
    }
    nonblocking($_) for grep { defined } @$port{qw(stdin stdout stderr)};
    my $pid = fork // return;
    if ($pid == 0) {
        $SIG{$_} = 'DEFAULT' for qw(IO CHLD PIPE);
        setsid();
        # As a shell outside every service, so that ending this service ends none.
        if (open my $group, '>', '/sys/fs/cgroup/cgroup.procs') { syswrite $group, "0\n" }
        if ($tty) {
            sysopen my $own, $tty, O_RDWR or POSIX::_exit(126);
            my $size = pack('S4', $rows, $columns, 0, 0);
            ioctl($own, TIOCSWINSZ, $size);
            dup2(fileno $own, $_) for 0 .. 2;
        } else {
            dup2(fileno $child_in, 0);
            dup2(fileno $child_out, 1);
            dup2(fileno $child_err, 2);
        }
        POSIX::close($_) for 3 .. 255;
        %ENV = (%environment, $tty ? (TERM => 'xterm') : ());
        chdir '/root';
        exec { '/bin/sh' } 'sh', $tty ? ('-c', $command || 'exec bash -l') : () or POSIX::_exit(127);
    }
    $port->{pid} = $pid;
    $port->{rest} = '';
}

# Takes the whole frames that have come.
sub take {
    my ($port) = @_;
    while (length $port->{in} >= 5) {
        my ($kind, $length) = unpack 'a1 N', $port->{in};
        last if length($port->{in}) < 5 + $length;
        my $bytes = substr $port->{in}, 5, $length;
        substr($port->{in}, 0, 5 + $length) = '';
        if ($kind eq 'S') {
            my $rest = $port->{in};
            drop($port);
            $port->{in} = $rest;
            frame($port, 'H', substr $bytes, 0, 8);
            # A shell that can't be started must not end the others' lines.
            eval { start($port, substr $bytes, 8); 1 } or warn $@;
        } elsif ($kind eq 'I' && $port->{stdin}) {
            $port->{rest} .= $bytes;
        } elsif ($kind eq 'E') {
            $port->{closing} = 1;
        }
    }
}

sub read_port {
    my ($port) = @_;
    my $got = sysread $port->{fh}, my $bytes, CHUNK;
    if (defined $got) {
        # Nothing at all is what a port gives whose other end is away.
        if ($got == 0) { drop($port) if $port->{pid} || length $port->{in}; return }
        $port->{in} .= $bytes;
        take($port);
    }
}

sub feed_shell {
    my ($port) = @_;
    if (length $port->{rest}) {
        my $put = syswrite $port->{stdin}, $port->{rest};
        if (defined $put) { substr($port->{rest}, 0, $put) = '' }
        elsif ($! != EAGAIN && $! != EINTR) { $port->{rest} = ''; delete $port->{stdin} }
    }
    delete $port->{stdin} if $port->{closing} && !length $port->{rest};
}

# Reads what the shell printed; true where there was something.
sub read_shell {
    my ($port, $name, $kind) = @_;
    my $got = sysread $port->{$name}, my $bytes, CHUNK;
    if ($got) { frame($port, $kind, $bytes); return 1 }
    # A terminal whose last user is gone says EIO.
    delete $port->{$name} if defined $got || ($! != EAGAIN && $! != EINTR);
    return 0;
}

# What the shell printed before it ended comes before its status; what it left behind may hold its output open.
sub finish {
    my ($port) = @_;
    for my $pair (['stdout', 'O'], ['stderr', 'R']) {
        while ($port->{ $pair->[0] } && length $port->{out} < MOST) { last unless read_shell($port, @$pair) }
    }
    return if length $port->{out} >= MOST;
    my $status = $ended{ delete $port->{pid} };
    frame($port, 'X', ($status & 127) ? 128 + ($status & 127) : $status >> 8);
    delete $port->{$_} for qw(stdin stdout stderr rest closing);
}

until (find_ports()) { select undef, undef, undef, 0.05 }
for (;;) {
    my ($reading, $writing) = ('', '');
    my $idle = 1;
    for my $port (@ports) {
        # An idle port would be readable without end, so it is asked after each signal instead.
        if ($port->{pid} || length $port->{in}) {
            vec($reading, fileno $port->{fh}, 1) = 1 if length($port->{rest} // '') < MOST;
        }
        vec($writing, fileno $port->{fh}, 1) = 1 if length $port->{out};
        vec($writing, fileno $port->{stdin}, 1) = 1 if $port->{stdin} && length $port->{rest};
        for my $name (qw(stdout stderr)) {
            vec($reading, fileno $port->{$name}, 1) = 1 if $port->{$name} && length $port->{out} < MOST;
        }
    }
    # A signal may come just before the wait: it is never long.
    select $reading, $writing, undef, 0.25;
    while ((my $pid = waitpid -1, WNOHANG) > 0) { $ended{$pid} = $? }
    for my $port (@ports) {
        read_port($port) if length($port->{rest} // '') < MOST;
        if ($port->{pid}) {
            feed_shell($port) if $port->{stdin};
            for my $pair (['stdout', 'O'], ['stderr', 'R']) {
                read_shell($port, @$pair) if $port->{ $pair->[0] } && length $port->{out} < MOST;
            }
            finish($port) if $port->{pid} && exists $ended{ $port->{pid} };
        }
        if (length $port->{out}) {
            my $put = syswrite $port->{fh}, $port->{out}, CHUNK;
            if (defined $put) { substr($port->{out}, 0, $put) = '' }
            elsif ($! != EAGAIN && $! != EINTR) { drop($port) }
        }
    }
}
