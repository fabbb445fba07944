/** The balance over the newest entries. Loaded when it is shown: charts are the largest part of the app. */
import { Area, AreaChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { Entry } from '../api/queries';
import { show, toPixels } from '../lib/money';
import { showDay, showTime } from '../lib/time';

interface Point {
  readonly at: number;
  readonly y: number;
  readonly usd: string;
}

export function BalanceChart({ entries }: { readonly entries: readonly Entry[] }) {
  const points: Point[] = entries
    .map(({ createdAt, availableAfterUsd }) => ({
      at: Date.parse(createdAt),
      y: toPixels(availableAfterUsd),
      usd: availableAfterUsd,
    }))
    .reverse();
  const [first, last] = [points[0], points.at(-1)];
  const isShort = first !== undefined && last !== undefined && last.at - first.at < 36 * 3_600_000;
  const label = `Balance from ${show(first?.usd ?? '0')} to ${show(last?.usd ?? '0')}`;
  const axis = { fontSize: 12, fill: 'var(--mantine-color-dimmed)' };
  return (
    <div role="img" aria-label={label}>
      <ResponsiveContainer width="100%" height={220}>
        <AreaChart data={points} margin={{ top: 8, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--coffer-line)" />
          <XAxis
            dataKey="at"
            type="number"
            domain={['dataMin', 'dataMax']}
            tickFormatter={(at: number) =>
              isShort
                ? new Date(at).toLocaleTimeString('en', { hour: '2-digit', minute: '2-digit', hour12: false })
                : showDay(at)
            }
            tick={axis}
            tickLine={false}
            axisLine={false}
            minTickGap={48}
          />
          <YAxis
            tick={axis}
            tickLine={false}
            axisLine={false}
            width={56}
            tickFormatter={(y: number) => `$${y.toLocaleString('en')}`}
          />
          <Tooltip content={<Hint />} isAnimationActive={false} />
          <Area
            type="stepAfter"
            dataKey="y"
            stroke="var(--mantine-color-anchor)"
            strokeWidth={2}
            fill="var(--mantine-color-anchor)"
            fillOpacity={0.1}
            isAnimationActive={false}
            dot={false}
          />
        </AreaChart>
      </ResponsiveContainer>
    </div>
  );
}

function Hint({ payload }: { readonly payload?: readonly { readonly payload?: Point }[] }) {
  const point = payload?.[0]?.payload;
  if (point === undefined) return null;
  return (
    <div className="panel" style={{ padding: '8px 12px', fontSize: 13 }}>
      <b className="figure">{show(point.usd)}</b>
      <div>{showTime(new Date(point.at).toISOString())}</div>
    </div>
  );
}
